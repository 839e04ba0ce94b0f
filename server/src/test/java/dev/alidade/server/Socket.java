package dev.alidade.server;

import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Refusal;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client's end of a web socket, of the JDK. */
class Socket implements AutoCloseable {
  /** Patience on a loaded machine; a test that passes does not wait that long. */
  static final long SECONDS = 30;

  final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final HttpClient client;
  private final WebSocket socket;
  private final boolean reads;

  Socket(URI server, String path, boolean reads, String... headers) {
    this.reads = reads;
    client = HttpClient.newHttpClient();
    WebSocket.Builder builder = client.newWebSocketBuilder().subprotocols("alidade.v1");
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI uri = URI.create("ws" + server.toString().substring(4) + path);
    socket = builder.buildAsync(uri, new Receiver()).join();
  }

  void send(Frame frame) {
    sendBytes(frame.bytes());
  }

  void sendBytes(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** A fragment that is not the last. */
  void sendPart(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), false).join();
  }

  void sendText(String text) {
    socket.sendText(text, true).join();
  }

  /** The next frame of a kind; others before it are passed over. */
  Frame next(Kind kind) throws InterruptedException {
    while (true) {
      Frame frame = received.poll(SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no " + kind + " within " + SECONDS + " s");
      }
      if (frame.kind() == kind) {
        return frame;
      }
    }
  }

  String refusal() throws Exception {
    return next(Kind.KIND_REFUSAL).payload(Refusal.parser()).getReason();
  }

  int closeCode() throws Exception {
    return closed.get(SECONDS, TimeUnit.SECONDS);
  }

  /** From now on takes what comes. */
  void read() {
    socket.request(1);
  }

  /** Goes away without a word. */
  void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Receiver implements WebSocket.Listener {
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    @Override
    public void onOpen(WebSocket opened) {
      if (reads) {
        opened.request(1);
      }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      parts.writeBytes(bytes);
      if (last) {
        try {
          received.add(Frame.parse(parts.toByteArray()));
        } catch (MalformedFrameException e) {
          closed.completeExceptionally(e);
        }
        parts.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
