package dev.alidade.server.security;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/** Decides about requests and upgrades alike. Event loop only. */
public final class Access {
  private static final String BEARER = "Bearer ";

  private final Hosts hosts;
  private final Tokens tokens;
  private final Sessions sessions;
  private final FailedLogins failures;
  private final String scheme;
  private String cookieName = "alidade";

  /**
   * @param scheme that browsers see, {@code http} or {@code https}
   */
  public Access(
      Hosts hosts, Tokens tokens, Sessions sessions, FailedLogins failures, String scheme) {
    this.hosts = hosts;
    this.tokens = tokens;
    this.sessions = sessions;
    this.failures = failures;
    this.scheme = scheme;
  }

  /** Names the cookie by the port: servers on other ports of this host share the cookie jar. */
  public void listensOn(int port) {
    cookieName = "alidade-" + port;
  }

  public String cookieName() {
    return cookieName;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Tokens tokens() {
    return tokens;
  }

  /** What is wrong with where the request claims to go and to come from, if anything. */
  public Optional<Refusal> misdirected(MultiMap headers) {
    List<String> host = headers.getAll("Host");
    if (host.size() != 1 || !hosts.allows(host.get(0))) {
      return refuse(421, "Host must be a loopback name or one of the setting hosts: " + show(host));
    }
    List<String> origin = headers.getAll("Origin");
    if (origin.size() > 1
        || (origin.size() == 1 && !origin.get(0).equals(scheme + "://" + host.get(0)))) {
      return refuse(403, "Origin must equal " + scheme + "://Host: " + show(origin));
    }
    return Optional.empty();
  }

  /** Who asks, by bearer token or else by cookie. */
  public Caller caller(MultiMap headers) {
    String authorization = headers.get("Authorization");
    if (authorization != null) {
      return authorization.startsWith(BEARER)
          ? new Caller(tokens.role(authorization.substring(BEARER.length()).strip()), false)
          : Caller.ANYONE;
    }
    return cookie(headers)
        .map(value -> new Caller(sessions.role(value), true))
        .orElse(Caller.ANYONE);
  }

  /** The value of our cookie. */
  public Optional<String> cookie(MultiMap headers) {
    return headers.getAll("Cookie").stream()
        .flatMap(line -> List.of(line.split(";")).stream())
        .map(String::strip)
        .filter(pair -> pair.startsWith(cookieName + "="))
        .map(pair -> pair.substring(cookieName.length() + 1))
        .findFirst();
  }

  /**
   * Why the caller may not do what {@code needed} may, if so.
   *
   * @param changes whether something would change or a socket open: then a cookie alone is no proof
   *     that our own page asked, and the Origin must be there
   */
  public Optional<Refusal> forbidden(
      MultiMap headers, String address, Role needed, boolean changes) {
    Caller caller = caller(headers);
    if (caller.role() == Role.NONE) {
      if (cookie(headers).isPresent() && !headers.contains("Authorization")) {
        // An old page that still polls is no attack: it does not count.
        return refuse(401, "the session is over: open the printed link again");
      }
      return refusedLogin(headers.contains("Authorization"), address);
    }
    if (!caller.role().includes(needed)) {
      return refuse(403, "role must be " + needed.text() + ": " + caller.role().text());
    }
    if (changes && caller.cookie() && !headers.contains("Origin")) {
      return refuse(403, "Origin must be sent with a session cookie");
    }
    return Optional.empty();
  }

  /** The answer to missing or wrong credentials. */
  public Optional<Refusal> refusedLogin(boolean presented, String address) {
    if (presented && failures.tooMany(address)) {
      return refuse(
          429, "at most " + FailedLogins.MOST_PER_MINUTE + " wrong tokens a minute: wait a minute");
    }
    return refuse(401, presented ? "the token is not valid" : "a token is needed");
  }

  private static Optional<Refusal> refuse(int status, String reason) {
    return Optional.of(new Refusal(status, reason));
  }

  private static String show(List<String> values) {
    String text = values.isEmpty() ? "absent" : String.join(", ", values);
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
