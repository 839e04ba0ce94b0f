package dev.alidade.listener.send;

import dev.alidade.listener.send.Inbox.Event;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Ack;
import dev.alidade.wire.proto.Hello;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Refusal;
import dev.alidade.wire.proto.Stored;
import dev.alidade.wire.proto.Welcome;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One connection from HELLO to its end. Belongs to the sender's thread. */
final class Conversation {
  /** The server said no: the message is its reason. */
  static final class RefusedException extends IOException {
    RefusedException(String reason) {
      super(reason);
    }
  }

  private record Sent(Kind kind, long seq, int bytes) {}

  private static final long WELCOME_SECONDS = 10;
  private static final long SEND_SECONDS = 30;
  private static final long IDLE_MILLIS = 5_000;
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST_FRAMES = 64;
  private static final long MOST_BYTES = 1 << 20;

  private final WebSocket socket;
  private final Inbox inbox;
  private final Origin origin;
  private final RecordingReader reader;
  private final RecordingWriter writer;
  private final Deque<Sent> inFlight = new ArrayDeque<>();
  private final Map<Kind, Long> stored = new EnumMap<>(Kind.class);
  private long inFlightBytes;
  private long creditBytes;
  private int mostFrameBytes = Frame.MOST_BYTES;
  private long position;

  Conversation(
      WebSocket socket,
      Inbox inbox,
      Origin origin,
      RecordingReader reader,
      RecordingWriter writer) {
    this.socket = socket;
    this.inbox = inbox;
    this.origin = origin;
    this.reader = reader;
    this.writer = writer;
  }

  /** Says who we are and learns what the server has. */
  void greet(String version, String name) throws IOException, InterruptedException {
    Hello hello = Hello.newBuilder().setAgentVersion(version).setName(name).build();
    send(Frame.encode(origin, Kind.KIND_HELLO, 1, 0, System.currentTimeMillis(), hello));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WELCOME_SECONDS);
    while (creditBytes == 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      Event event = left > 0 ? inbox.poll(left) : null;
      if (event == null) {
        throw new IOException("no WELCOME within " + WELCOME_SECONDS + " s");
      }
      take(event);
    }
  }

  /** Sends what the server lacks, then what comes, until told to stop and all is acknowledged. */
  void run(BooleanSupplier stopping) throws IOException, InterruptedException {
    while (true) {
      boolean more = sendSome();
      if (!more && inFlight.isEmpty() && stopping.getAsBoolean()) {
        await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        return;
      }
      // With room and more to send, only look; else wait for the server or for a commit.
      Event event = inbox.poll(more && hasCredit() ? 0 : IDLE_MILLIS);
      if (event == null && !more) {
        keepAlive();
      }
      for (; event != null; event = inbox.poll(0)) {
        take(event);
      }
    }
  }

  private boolean hasCredit() {
    return inFlight.isEmpty() || inFlightBytes < creditBytes;
  }

  /** Whether there may be more to send. */
  private boolean sendSome() throws IOException, InterruptedException {
    if (!hasCredit()) {
      return true;
    }
    List<StoredFrame> frames = reader.unacknowledged(origin, position, MOST_FRAMES, MOST_BYTES);
    for (StoredFrame each : frames) {
      if (!hasCredit()) {
        return true;
      }
      Frame frame = each.frame();
      boolean known = stored.getOrDefault(frame.kind(), 0L) >= frame.seq();
      if (!known && frame.bytes().length <= mostFrameBytes) {
        send(frame);
        inFlight.add(new Sent(frame.kind(), frame.seq(), frame.bytes().length));
        inFlightBytes += frame.bytes().length;
      }
      position = each.position();
    }
    return !frames.isEmpty();
  }

  private void send(Frame frame) throws IOException, InterruptedException {
    await(socket.sendBinary(ByteBuffer.wrap(frame.bytes()), true));
  }

  private static void await(CompletableFuture<WebSocket> sending)
      throws IOException, InterruptedException {
    try {
      sending.get(SEND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("sending failed: " + e.getMessage(), e);
    }
  }

  /** A connection that is half open shows by its silence. */
  private void keepAlive() throws IOException, InterruptedException {
    if (System.nanoTime() - inbox.heardNanos() > SILENCE_NANOS) {
      throw new IOException("the server is silent");
    }
    await(socket.sendPing(ByteBuffer.allocate(0)));
  }

  private void take(Event event) throws IOException {
    if (event instanceof Event.Ended ended) {
      throw new IOException(ended.why());
    }
    if (event instanceof Event.Message message) {
      hear(message.frame());
    }
  }

  private void hear(Frame frame) throws IOException {
    switch (frame.kind()) {
      case KIND_WELCOME -> {
        Welcome welcome = frame.payload(Welcome.parser());
        know(welcome.getStoredList());
        creditBytes = Math.max(1, Integer.toUnsignedLong(welcome.getCreditBytes()));
        if (welcome.getMostFrameBytes() != 0) {
          mostFrameBytes = welcome.getMostFrameBytes();
        }
      }
      case KIND_ACK -> know(frame.payload(Ack.parser()).getStoredList());
      case KIND_REFUSAL -> throw new RefusedException(frame.payload(Refusal.parser()).getReason());
      default -> {
        // A newer server may say more than this agent understands.
      }
    }
  }

  private void know(List<Stored> list) {
    for (Stored each : list) {
      Long before = stored.put(each.getKind(), each.getSeq());
      if (before == null || before < each.getSeq()) {
        writer.acknowledge(origin, each.getKind(), each.getSeq());
      }
    }
    // The server stores in order: what was sent before something stored is stored as well.
    int covered = 0;
    int index = 0;
    for (Sent sent : inFlight) {
      index++;
      if (stored.getOrDefault(sent.kind(), 0L) >= sent.seq()) {
        covered = index;
      }
    }
    for (; covered > 0; covered--) {
      inFlightBytes -= inFlight.remove().bytes();
    }
  }
}
