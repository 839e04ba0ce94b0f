package dev.alidade.examples;

import dev.alidade.server.AlidadeServer;
import dev.alidade.server.ServerBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Starts the demo's server on the wished port or, where that is taken, on the next free one. */
final class DemoServer {
  private static final int MOST_TRIES = 50;

  private DemoServer() {}

  static AlidadeServer start(int port, @Nullable Path runs, @Nullable Path tokens, PrintWriter out)
      throws IOException {
    int free = firstFree(port);
    if (free != port) {
      out.printf(Locale.ROOT, "Port %d is in use; taking %d.%n", port, free);
    }
    ServerBuilder builder = AlidadeServer.builder().port(free);
    if (runs != null) {
      builder.data(runs);
    }
    if (tokens != null) {
      builder.tokens(tokens);
    }
    return builder.start();
  }

  /** 0 stays 0: any port. */
  private static int firstFree(int port) throws IOException {
    for (int candidate = port; candidate < port + MOST_TRIES; candidate++) {
      try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return port == 0 ? 0 : probe.getLocalPort();
      } catch (IOException e) {
        // Taken; the next one may be free.
      }
    }
    throw new IOException(
        "port must have a free one among " + port + " to " + (port + MOST_TRIES - 1));
  }
}
