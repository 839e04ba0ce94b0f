package dev.alidade.listener.send;

import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What reaches the sender's thread: the server's messages, the end of the connection, a nudge. */
final class Inbox implements WebSocket.Listener {
  /** One of the three. */
  sealed interface Event {
    record Message(Frame frame) implements Event {}

    record Ended(String why) implements Event {}

    /** There may be something to send, or it is time to stop. */
    record Nudge() implements Event {}
  }

  private static final Event.Nudge NUDGE = new Event.Nudge();

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicBoolean nudged = new AtomicBoolean();
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private volatile long heardNanos = System.nanoTime();

  @Nullable Event poll(long millis) throws InterruptedException {
    Event event = events.poll(millis, TimeUnit.MILLISECONDS);
    if (event == NUDGE) {
      nudged.set(false);
    }
    return event;
  }

  /** From any thread; many are as good as one. */
  void nudge() {
    if (nudged.compareAndSet(false, true)) {
      events.add(NUDGE);
    }
  }

  /** When the server was last heard of. */
  long heardNanos() {
    return heardNanos;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    heardNanos = System.nanoTime();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    if (part.size() + bytes.length > Frame.MOST_BYTES) {
      return end(socket, "message must be at most " + Frame.MOST_BYTES + " bytes");
    }
    part.writeBytes(bytes);
    if (last) {
      byte[] message = part.toByteArray();
      part.reset();
      try {
        events.add(new Event.Message(Frame.parse(message)));
      } catch (MalformedFrameException e) {
        return end(socket, String.valueOf(e.getMessage()));
      }
    }
    socket.request(1);
    return null;
  }

  private @Nullable CompletionStage<?> end(WebSocket socket, String why) {
    socket.abort();
    events.add(new Event.Ended(why));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    heardNanos = System.nanoTime();
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    events.add(new Event.Ended("closed with " + code + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    events.add(new Event.Ended(String.valueOf(error)));
  }
}
