/**
 * The server: {@link dev.alidade.server.AlidadeServer} puts the parts together.
 *
 * <pre>
 * agents ─► ingest ─► store ─┬─► live ─► browsers
 *                            ├─► meters ─► /metrics
 *                            └─► http (REST: reads the store)
 * </pre>
 *
 * {@code security} decides about every request; {@code http} holds every endpoint.
 */
@NullMarked
package dev.alidade.server;

import org.jspecify.annotations.NullMarked;
