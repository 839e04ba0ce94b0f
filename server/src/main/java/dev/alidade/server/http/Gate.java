package dev.alidade.server.http;

import dev.alidade.server.ingest.Ingest;
import dev.alidade.server.live.LiveHub;
import dev.alidade.server.security.Access;
import dev.alidade.server.security.Refusal;
import dev.alidade.server.security.Role;
import dev.alidade.wire.RunId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets requests and upgrades in, or not. */
final class Gate {
  /** The only sub-protocol there is. */
  static final String PROTOCOL = "alidade.v1";

  private static final String INGEST = "/ingest";
  private static final String LIVE = "/live/";
  private static final List<HttpMethod> READING = List.of(HttpMethod.GET, HttpMethod.HEAD);

  /** Sent with every answer. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data: blob:;"
              + " style-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final Access access;
  private final Ingest ingest;
  private final LiveHub live;

  private final Set<ServerWebSocket> sockets = new HashSet<>();

  Gate(Access access, Ingest ingest, LiveHub live) {
    this.access = access;
    this.ingest = ingest;
    this.live = live;
  }

  /** The first handler of every request. */
  void admit(RoutingContext context) {
    HEADERS.forEach(context.response()::putHeader);
    Optional<Refusal> wrong =
        context.request().uri().startsWith("/")
            ? access.misdirected(context.request().headers())
            : Optional.of(new Refusal(400, "the request's target must be a path"));
    if (wrong.isPresent()) {
      Replies.error(context, wrong.get());
    } else {
      context.next();
    }
  }

  /** Whether the caller may read, or change when the request would. */
  void authorize(RoutingContext context) {
    boolean changes = !READING.contains(context.request().method());
    require(context, changes ? Role.CONTROL : Role.VIEW, changes);
  }

  void require(RoutingContext context, Role role, boolean changes) {
    Optional<Refusal> wrong =
        access.forbidden(context.request().headers(), address(context), role, changes);
    if (wrong.isPresent()) {
      Replies.error(context, wrong.get());
    } else {
      context.next();
    }
  }

  static String address(RoutingContext context) {
    return context.request().remoteAddress().hostAddress();
  }

  // ------------------------------------------------------------------ web sockets

  /** Decides about an upgrade before it happens. */
  void handshake(ServerWebSocketHandshake handshake) {
    Optional<Refusal> wrong = refusal(handshake);
    if (wrong.isPresent()) {
      handshake.reject(wrong.get().status());
    } else {
      handshake.accept();
    }
  }

  private Optional<Refusal> refusal(ServerWebSocketHandshake handshake) {
    Optional<Refusal> wrong = access.misdirected(handshake.headers());
    if (wrong.isPresent()) {
      return wrong;
    }
    String path = handshake.path();
    boolean agent = path.equals(INGEST);
    if (!agent && !(path.startsWith(LIVE) && RunId.isValid(path.substring(LIVE.length())))) {
      return Optional.of(new Refusal(404, "no such socket"));
    }
    if (!offers(handshake, PROTOCOL)) {
      return Optional.of(new Refusal(400, "the sub-protocol must be " + PROTOCOL));
    }
    wrong =
        access.forbidden(
            handshake.headers(),
            handshake.remoteAddress().hostAddress(),
            agent ? Role.INGEST : Role.VIEW,
            true);
    if (wrong.isEmpty() && (agent ? ingest.isFull() : live.isFull())) {
      return Optional.of(new Refusal(503, "too many connections"));
    }
    return wrong;
  }

  private static boolean offers(ServerWebSocketHandshake handshake, String protocol) {
    return handshake.headers().getAll("Sec-WebSocket-Protocol").stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .anyMatch(offered -> offered.strip().equals(protocol));
  }

  /** Serves a socket that was admitted. */
  void open(ServerWebSocket socket) {
    sockets.add(socket);
    if (socket.path().equals(INGEST)) {
      ingest.accept(socket);
    } else {
      live.accept(socket, new RunId(socket.path().substring(LIVE.length())));
    }
  }

  /** Makes the other sides show that they are there: a silent connection is closed. */
  void ping() {
    sockets.removeIf(ServerWebSocket::isClosed);
    sockets.forEach(socket -> socket.writePing(Buffer.buffer("alidade")));
  }
}
