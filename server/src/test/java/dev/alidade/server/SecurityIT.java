package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of the package {@code security}, against the real server. */
class SecurityIT {
  private static final String RUN = "00000000000000000000000000";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sends bytes as they are, for the JDK's client keeps Host and Origin to itself. */
  private String raw(String request) throws IOException {
    try (var socket =
        new java.net.Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream answer = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      for (int c = answer.read(); c >= 0 && head.indexOf("\r\n\r\n") < 0; c = answer.read()) {
        head.append((char) c);
      }
      return head.toString();
    }
  }

  private String host() {
    return "127.0.0.1:" + server.server().port();
  }

  private String ask(String line, String... headers) throws IOException {
    return raw(line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
  }

  private String upgrade(String path, String... headers) throws IOException {
    return raw(
        "GET "
            + path
            + " HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: alidade.v1\r\n"
            + String.join("\r\n", headers)
            + "\r\n\r\n");
  }

  private HttpResponse<byte[]> logIn(String token) throws Exception {
    return server.send(
        server
            .request("/api/v1/session")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(new JsonObject().put("token", token).encode())));
  }

  private String cookie() throws Exception {
    String set = logIn(server.token("control")).headers().firstValue("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  // ------------------------------------------------------------------ where it goes

  @Test
  void host_of_a_stranger_is_misdirected() throws Exception {
    for (String host :
        new String[] {"evil.example", "evil.example:8790", "127.0.0.1.evil.example"}) {
      assertThat(ask("GET /health", "Host: " + host)).startsWith("HTTP/1.1 421");
      assertThat(
              upgrade(
                  "/ingest", "Host: " + host, "Authorization: Bearer " + server.token("ingest")))
          .startsWith("HTTP/1.1 421");
    }
    assertThat(ask("GET /health", "Host: " + host(), "Host: evil.example"))
        .startsWith("HTTP/1.1 4");
  }

  @Test
  void loopback_names_with_any_port_are_ours() throws Exception {
    for (String host : new String[] {"localhost:1234", "127.0.0.1", "[::1]:9", "LOCALHOST"}) {
      assertThat(ask("GET /health", "Host: " + host)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void configured_host_is_ours() throws Exception {
    server.close();
    server =
        new TestServer(
            folder, TestServer.QUICK, builder -> builder.hosts(java.util.List.of("gpu7.lab")));
    assertThat(ask("GET /health", "Host: gpu7.lab:80")).startsWith("HTTP/1.1 200");
    assertThat(ask("GET /health", "Host: gpu8.lab:80")).startsWith("HTTP/1.1 421");
  }

  // ------------------------------------------------------------------ where it comes from

  @Test
  void origin_must_equal_host() throws Exception {
    for (String origin :
        new String[] {"null", "http://evil.example", "https://" + host(), host()}) {
      assertThat(ask("GET /health", "Host: " + host(), "Origin: " + origin))
          .startsWith("HTTP/1.1 403");
    }
    assertThat(ask("GET /health", "Host: " + host(), "Origin: http://" + host()))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void upgrade_by_cookie_needs_the_origin() throws Exception {
    String live = "/live/" + RUN;
    String cookie = "Cookie: " + cookie();
    String origin = "Origin: http://" + host();
    assertThat(upgrade(live, "Host: " + host(), cookie)).startsWith("HTTP/1.1 403");
    assertThat(upgrade(live, "Host: " + host(), cookie, "Origin: http://evil.example"))
        .startsWith("HTTP/1.1 403");
    assertThat(upgrade(live, "Host: " + host(), cookie, origin)).startsWith("HTTP/1.1 101");
    assertThat(upgrade("/ingest", "Host: " + host(), cookie, origin)).startsWith("HTTP/1.1 403");
  }

  @Test
  void change_by_cookie_needs_the_origin() throws Exception {
    String delete = "DELETE /api/v1/runs/" + RUN;
    String cookie = "Cookie: " + cookie();
    assertThat(ask(delete, "Host: " + host(), cookie)).startsWith("HTTP/1.1 403");
    assertThat(ask(delete, "Host: " + host(), cookie, "Origin: http://" + host()))
        .startsWith("HTTP/1.1 404");
  }

  // ------------------------------------------------------------------ who asks

  @Test
  void runs_need_a_token_and_health_does_not() throws Exception {
    assertThat(server.send(server.request("/health")).statusCode()).isEqualTo(200);
    assertThat(server.send(server.request("/metrics")).statusCode()).isEqualTo(200);
    assertThat(server.send(server.request("/config.json")).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> runs = server.send(server.request("/api/v1/runs"));
    assertThat(runs.statusCode()).isEqualTo(401);
    assertThat(new JsonObject(TestServer.text(runs)).getString("error")).contains("token");
    assertThat(server.as("ingest", server.request("/api/v1/runs")).statusCode()).isEqualTo(403);
    assertThat(server.as("view", server.request("/api/v1/runs")).statusCode()).isEqualTo(200);
    assertThat(server.as("control", server.request("/api/v1/runs")).statusCode()).isEqualTo(200);
  }

  @Test
  void viewer_cannot_delete() throws Exception {
    HttpRequest.Builder delete = server.request("/api/v1/runs/" + RUN).DELETE();
    assertThat(server.as("view", delete).statusCode()).isEqualTo(403);
  }

  @Test
  void login_gives_a_cookie_that_scripts_and_other_sites_cannot_use() throws Exception {
    HttpResponse<byte[]> answer = logIn(server.token("control"));
    assertThat(TestServer.text(answer)).isEqualTo("{\"role\":\"control\"}");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("alidade-" + server.server().port() + "=")
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
        .doesNotContain("Secure", server.token("control"));
  }

  @Test
  void session_lasts_over_a_restart_and_ends_at_logout() throws Exception {
    String cookie = cookie();
    server.restart();
    String renamed = "alidade-" + server.server().port() + cookie.substring(cookie.indexOf('='));
    String runs = "GET /api/v1/runs";
    assertThat(ask(runs, "Host: " + host(), "Cookie: " + renamed)).startsWith("HTTP/1.1 200");
    assertThat(
            ask(
                "DELETE /api/v1/session",
                "Host: " + host(),
                "Cookie: " + renamed,
                "Origin: http://" + host()))
        .startsWith("HTTP/1.1 200")
        .contains("Max-Age=0");
    assertThat(ask(runs, "Host: " + host(), "Cookie: " + renamed)).startsWith("HTTP/1.1 401");
  }

  @Test
  void wrong_tokens_are_limited_and_right_ones_are_not() throws Exception {
    for (int i = 0; i < 30; i++) {
      assertThat(logIn("x".repeat(43)).statusCode()).isEqualTo(401);
    }
    assertThat(logIn("x".repeat(43)).statusCode()).isEqualTo(429);
    assertThat(logIn(server.token("view")).statusCode()).isEqualTo(200);
  }

  @Test
  void login_takes_json_only() throws Exception {
    HttpResponse<byte[]> answer =
        server.send(
            server
                .request("/api/v1/session")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"token\":\"" + server.token("view") + "\"}")));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void large_body_is_refused() throws Exception {
    HttpResponse<byte[]> answer =
        server.send(
            server
                .request("/api/v1/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(" ".repeat(20_000))));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  // ------------------------------------------------------------------ what is sent

  @Test
  void every_answer_carries_the_security_headers() throws Exception {
    for (String path : new String[] {"/", "/health", "/api/v1/runs", "/nowhere"}) {
      HttpResponse<byte[]> answer = server.send(server.request(path));
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
          .contains("same-origin");
    }
  }

  @Test
  void path_traversal_leads_nowhere() throws Exception {
    Files.writeString(folder.resolve("secret.alidade"), "secret");
    String token = "Authorization: Bearer " + server.token("view");
    for (String path :
        new String[] {
          "/../tokens",
          "/%2e%2e/tokens",
          "/..%2ftokens",
          "/assets/../../tokens",
          "/api/v1/runs/..%2F..%2Fsecret",
          "/api/v1/runs/%2e%2e/frames"
        }) {
      String answer = ask("GET " + path, "Host: " + host(), token);
      assertThat(answer).as(path).containsPattern("^HTTP/1.1 (400|404)");
    }
  }

  @Test
  void compression_of_messages_is_not_agreed_to() throws Exception {
    String answer =
        upgrade(
            "/live/" + RUN,
            "Host: " + host(),
            "Authorization: Bearer " + server.token("view"),
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits,"
                + " deflate-frame, x-webkit-deflate-frame");
    assertThat(answer).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("deflate");
  }

  @Test
  void unknown_socket_or_protocol_is_turned_away() throws Exception {
    String token = "Authorization: Bearer " + server.token("view");
    assertThat(upgrade("/live/nonsense", "Host: " + host(), token)).startsWith("HTTP/1.1 404");
    assertThat(
            ask(
                "GET /live/" + RUN,
                "Host: " + host(),
                token,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
        .startsWith("HTTP/1.1 400");
  }

  // ------------------------------------------------------------------ how it starts

  @Test
  void tokens_are_for_their_owner_only() throws Exception {
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tokens"))))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(
        folder.resolve("tokens"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> TestServer.builder(folder).start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("readable by its owner only (chmod 600): rw-r--r--");
  }

  @Test
  void port_in_use_is_told_in_one_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> TestServer.builder(folder).port(taken.getLocalPort()).start())
          .isInstanceOf(StartException.class)
          .hasMessage("port " + taken.getLocalPort() + " on 127.0.0.1 is in use");
    }
  }

  @Test
  void other_hosts_need_tls() {
    assertThatThrownBy(() -> TestServer.builder(folder).host("0.0.0.0").start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("host must be a loopback address unless");
  }

  @Test
  void behind_a_proxy_metrics_need_a_token_and_cookies_are_secure() throws Exception {
    server.close();
    server =
        new TestServer(
            folder,
            TestServer.QUICK,
            builder -> builder.host("0.0.0.0").tls("terminated-elsewhere"));
    String health = ask("GET /metrics", "Host: " + host());
    assertThat(health).startsWith("HTTP/1.1 401");
    assertThat(
            ask("GET /metrics", "Host: " + host(), "Authorization: Bearer " + server.token("view")))
        .startsWith("HTTP/1.1 200");
    String body = "{\"token\":\"" + server.token("view") + "\"}";
    assertThat(
            raw(
                "POST /api/v1/session HTTP/1.1\r\nHost: "
                    + host()
                    + "\r\nOrigin: https://"
                    + host()
                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body))
        .startsWith("HTTP/1.1 200")
        .contains("; Secure");
  }
}
