/**
 * Maps by any published family, computed when somebody asks, from the observations that a run has
 * stored.
 *
 * <pre>
 * request ─► Runs (reads rows and the live map of that moment) ─► LayoutDesk: cache, or one of two
 *            low-priority threads, begun at the neighbouring map and turned like the live one
 * </pre>
 */
@NullMarked
package dev.alidade.server.layout;

import org.jspecify.annotations.NullMarked;
