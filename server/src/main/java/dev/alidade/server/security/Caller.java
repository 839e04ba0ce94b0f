package dev.alidade.server.security;

/**
 * Who sent a request.
 *
 * @param cookie whether the role was proved by a cookie, which a browser also sends when another
 *     site made it ask
 */
public record Caller(Role role, boolean cookie) {
  /** Nobody that is known. */
  public static final Caller ANYONE = new Caller(Role.NONE, false);
}
