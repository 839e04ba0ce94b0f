package dev.alidade.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A real server on a free port, in a folder of a test. */
final class TestServer implements AutoCloseable {
  static final Limits QUICK =
      new Limits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private AlidadeServer server;

  TestServer(Path folder) {
    this(folder, QUICK, builder -> builder);
  }

  TestServer(Path folder, Limits limits, UnaryOperator<ServerBuilder> settings) {
    this.folder = folder;
    server = settings.apply(builder(folder)).limits(limits).start();
  }

  /** Without rules: what a test sends is all that a log holds. */
  static ServerBuilder builder(Path folder) {
    Path rules = folder.resolve("no-rules.yaml");
    try {
      Files.writeString(rules, "rules: []\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AlidadeServer.builder()
        .port(0)
        .rules(rules)
        .data(folder.resolve("runs"))
        .tokens(folder.resolve("tokens"));
  }

  void restart() {
    server.close();
    server = builder(folder).limits(QUICK).start();
  }

  AlidadeServer server() {
    return server;
  }

  URI uri() {
    return server.uri();
  }

  String token(String role) {
    try {
      return Files.readString(folder.resolve("tokens"))
          .lines()
          .filter(line -> line.startsWith(role + "="))
          .map(line -> line.substring(role.length() + 1))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri().resolve(path));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** With the token of a role. */
  HttpResponse<byte[]> as(String role, HttpRequest.Builder request) throws Exception {
    return send(request.header("Authorization", "Bearer " + token(role)));
  }

  HttpResponse<byte[]> get(String path) throws Exception {
    return as("view", request(path));
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
