package dev.alidade.server.cli;

import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Ack;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Refusal;
import dev.alidade.wire.proto.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One agent's side of {@code /ingest}. Sending is for one thread. */
final class AgentConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Answers answers = new Answers();
  private final WebSocket socket;
  private final Map<Kind, Long> sent = new EnumMap<>(Kind.class);

  private AgentConnection(URI server, String token) throws IOException, InterruptedException {
    URI ingest = URI.create(server.toString().replaceFirst("^http", "ws") + "/ingest");
    socket =
        wait(
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("alidade.v1")
                .header("Authorization", "Bearer " + token)
                .connectTimeout(PATIENCE)
                .buildAsync(ingest, answers),
            "connection to " + ingest);
  }

  /** Says hello and waits to be welcome. */
  static AgentConnection open(URI server, String token, Frame hello)
      throws IOException, InterruptedException {
    AgentConnection connection = new AgentConnection(server, token);
    connection.write(hello);
    wait(connection.answers.welcome, "welcome");
    return connection;
  }

  void send(Frame frame) throws IOException, InterruptedException {
    answers.check();
    write(frame);
    if (frame.kind() != Kind.UNRECOGNIZED) {
      sent.merge(frame.kind(), frame.seq(), Math::max);
    }
  }

  private void write(Frame frame) throws IOException, InterruptedException {
    wait(socket.sendBinary(ByteBuffer.wrap(frame.bytes()), true), "sending");
  }

  /** Waits until the server has acknowledged everything that was sent. */
  void awaitStored(Duration limit) throws IOException, InterruptedException {
    answers.awaitStored(sent, limit);
  }

  private static <T> T wait(CompletableFuture<T> future, String what)
      throws IOException, InterruptedException {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException(what + " failed: " + (cause == null ? e : cause).getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException(what + " must come within " + PATIENCE.toSeconds() + " s", e);
    }
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(e -> socket);
  }

  /** What the server says. */
  private static final class Answers implements WebSocket.Listener {
    final CompletableFuture<Frame> welcome = new CompletableFuture<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final Map<Kind, Long> stored = new EnumMap<>(Kind.class);
    private String end = "";

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      message.writeBytes(part);
      if (message.size() > Frame.MOST_BYTES) {
        ended("the server's answer must be at most " + Frame.MOST_BYTES + " bytes");
        socket.abort();
      } else if (last) {
        accept(message.toByteArray());
        message.reset();
      }
      socket.request(1);
      return null;
    }

    private void accept(byte[] bytes) {
      try {
        Frame frame = Frame.parse(bytes);
        switch (frame.kind()) {
          case KIND_WELCOME -> welcome.complete(frame);
          case KIND_ACK -> acknowledged(frame.payload(Ack.parser()));
          case KIND_REFUSAL ->
              ended("the server refused: " + frame.payload(Refusal.parser()).getReason());
          default -> {}
        }
      } catch (MalformedFrameException e) {
        ended(String.valueOf(e.getMessage()));
      }
    }

    private synchronized void acknowledged(Ack ack) {
      for (Stored each : ack.getStoredList()) {
        if (each.getKind() != Kind.UNRECOGNIZED) {
          stored.merge(each.getKind(), each.getSeq(), Math::max);
        }
      }
      notifyAll();
    }

    private synchronized void ended(String why) {
      if (end.isEmpty()) {
        end = why;
      }
      welcome.completeExceptionally(new IOException(end));
      notifyAll();
    }

    synchronized void check() throws IOException {
      if (!end.isEmpty()) {
        throw new IOException(end);
      }
    }

    synchronized void awaitStored(Map<Kind, Long> wanted, Duration limit)
        throws IOException, InterruptedException {
      long deadline = System.nanoTime() + limit.toNanos();
      while (!covers(wanted)) {
        check();
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IOException("the server must acknowledge within " + limit.toSeconds() + " s");
        }
        wait(left);
      }
    }

    private boolean covers(Map<Kind, Long> wanted) {
      return wanted.entrySet().stream()
          .allMatch(each -> stored.getOrDefault(each.getKey(), 0L) >= each.getValue());
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ended("the server closed the connection: " + code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended("the connection broke: " + error.getMessage());
    }
  }
}
