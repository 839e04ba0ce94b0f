/**
 * HTTP: REST under {@code /api/v1}, the dashboard's files, {@code /metrics}, {@code /health}, and
 * the door to the web sockets. Every request and every upgrade passes {@link
 * dev.alidade.server.http.Gate} first. Nothing here blocks the event loop.
 */
@NullMarked
package dev.alidade.server.http;

import org.jspecify.annotations.NullMarked;
