package dev.alidade.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.alidade.server.AlidadeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * A real server that can be stopped and started again on the same port and data: from Java, or, for
 * a browser test, by {@code POST /stop} and {@code POST /start} to its {@link #control()} address.
 */
final class RestartableServer implements AutoCloseable {
  private final Path folder;
  private final HttpServer control;
  private AlidadeServer server;
  private final int port;

  RestartableServer(Path folder) throws IOException {
    this.folder = folder;
    server = launch(0);
    port = server.port();
    control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    control.setExecutor(Executors.newSingleThreadExecutor());
    control.createContext("/stop", exchange -> answer(exchange, this::stop));
    control.createContext("/start", exchange -> answer(exchange, this::start));
    control.start();
  }

  private AlidadeServer launch(int wanted) {
    return AlidadeServer.builder()
        .port(wanted)
        .data(folder.resolve("server"))
        .tokens(tokens())
        .start();
  }

  synchronized void stop() {
    server.close();
  }

  synchronized void start() {
    server = launch(port);
  }

  Path tokens() {
    return folder.resolve("tokens");
  }

  /** Where a run's file is on the server's side. */
  Path file(String run) {
    return folder.resolve("server").resolve(run + ".alidade");
  }

  synchronized URI link() {
    return server.link();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  URI control() {
    return URI.create("http://127.0.0.1:" + control.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, Runnable action) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      action.run();
      exchange.sendResponseHeaders(204, -1);
    } catch (RuntimeException e) {
      exchange.sendResponseHeaders(500, -1);
    }
  }

  @Override
  public void close() {
    control.stop(0);
    ((java.util.concurrent.ExecutorService) control.getExecutor()).shutdownNow();
    stop();
  }
}
