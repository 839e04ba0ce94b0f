package dev.alidade.server.security;

/**
 * An answer that is no.
 *
 * @param status of HTTP
 */
public record Refusal(int status, String reason) {}
