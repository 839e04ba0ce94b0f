package dev.alidade.server.ingest;

import com.google.protobuf.MessageLite;
import dev.alidade.server.store.RunLog;
import dev.alidade.server.store.Runs;
import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Ack;
import dev.alidade.wire.proto.Hello;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Refusal;
import dev.alidade.wire.proto.Stored;
import dev.alidade.wire.proto.Welcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of one agent. Event loop only. */
final class AgentSocket implements RunLog.Agent {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSocket.class);
  private static final int CREDIT_BYTES = 8 << 20;
  private static final int MOST_NAME_CHARS = 200;
  private static final short REFUSED = 1008;

  /** Origin of answers to those who have not said who they are. */
  private static final Origin NOBODY = new Origin(new RunId("0".repeat(26)), 0, 0);

  private enum State {
    NEW,
    OPENING,
    OPEN,
    CLOSED
  }

  private final ServerWebSocket socket;
  private final Runs runs;
  private final IngestMeters meters;
  private State state = State.NEW;
  private Origin origin = NOBODY;
  private @Nullable RunLog log;
  private @Nullable Frame waiting;
  private Map<Kind, Long> acknowledged = Map.of();
  private @Nullable Frame oldest; // of those not acknowledged
  private long oldestNanos;
  private long seq;

  AgentSocket(ServerWebSocket socket, Runs runs, IngestMeters meters) {
    this.socket = socket;
    this.runs = runs;
    this.meters = meters;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  boolean hasSaidHello() {
    return state != State.NEW;
  }

  // ------------------------------------------------------------------ what the agent says

  void message(Buffer message) {
    try {
      Frame frame = Frame.parse(message.getBytes());
      switch (state) {
        case NEW -> hello(frame);
        case OPEN -> frame(frame);
        case OPENING -> throw new MalformedFrameException("frames must come after WELCOME");
        case CLOSED -> {}
      }
    } catch (MalformedFrameException | IllegalArgumentException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  private void hello(Frame frame) throws MalformedFrameException {
    if (frame.kind() != Kind.KIND_HELLO) {
      throw new MalformedFrameException("the first message must be HELLO: " + frame.kind());
    }
    Hello hello = frame.payload(Hello.parser());
    if (hello.getName().length() > MOST_NAME_CHARS) {
      throw new MalformedFrameException(
          "name must be at most %d characters: %d"
              .formatted(MOST_NAME_CHARS, hello.getName().length()));
    }
    origin = frame.origin();
    state = State.OPENING;
    socket.pause();
    runs.forAgent(origin.run(), hello.getName())
        .compose(opened -> opened.stored(origin).map(stored -> welcome(opened, stored)))
        .onFailure(e -> refuse(String.valueOf(e.getMessage())));
  }

  private RunLog welcome(RunLog opened, Map<Kind, Long> stored) {
    if (state == State.OPENING) {
      log = opened;
      state = State.OPEN;
      acknowledged = stored;
      opened.attach(this);
      Welcome welcome =
          Welcome.newBuilder()
              .addAllStored(list(stored))
              .setMostFrameBytes(Frame.MOST_BYTES)
              .setCreditBytes(CREDIT_BYTES)
              .build();
      send(Kind.KIND_WELCOME, welcome);
      socket.resume();
      LOG.info("agent of {} connected", origin);
    }
    return opened;
  }

  private void frame(Frame frame) throws MalformedFrameException {
    if (!frame.origin().equals(origin)) {
      throw new MalformedFrameException(
          "frame must come from the origin of HELLO, %s: %s".formatted(origin, frame.origin()));
    }
    if (frame.kindNumber() < Kind.KIND_DESCRIPTION_VALUE) {
      throw new MalformedFrameException("frame must be of a stored kind: " + frame.kind());
    }
    if (frame.seq() < 1) {
      throw new MalformedFrameException("seq must be at least 1: " + frame.seq());
    }
    meters.received(frame.bytes().length);
    if (oldest == null) {
      oldest = frame;
      oldestNanos = System.nanoTime();
    }
    append(frame);
  }

  private void append(Frame frame) {
    RunLog open = log;
    if (open == null || state != State.OPEN) {
      return;
    }
    if (!open.hasRoom(frame.bytes().length)) {
      waiting = frame;
      socket.pause();
    } else if (!open.offer(frame)) {
      refuse("the recording of run " + origin.run() + " is full: it reached mostRunBytes");
    }
  }

  // ------------------------------------------------------------------ what the run says

  @Override
  public void stored(Map<Kind, Long> highest) {
    if (state != State.OPEN) {
      return;
    }
    Frame held = waiting;
    if (held != null) {
      waiting = null;
      append(held);
      if (waiting == null && state == State.OPEN) {
        socket.resume();
      }
    }
    // An agent that does not read gets the newest later: acknowledgements are cumulative.
    boolean news = oldest != null && covers(highest, oldest);
    if ((news || !highest.equals(acknowledged)) && !socket.isClosed() && !socket.writeQueueFull()) {
      acknowledged = Map.copyOf(highest);
      send(Kind.KIND_ACK, Ack.newBuilder().addAllStored(list(highest)).build());
      if (news) {
        meters.stored(System.nanoTime() - oldestNanos);
        oldest = null;
      }
    }
  }

  private static boolean covers(Map<Kind, Long> highest, Frame frame) {
    // Of a kind that this code does not know nothing is reported.
    return frame.kind() == Kind.UNRECOGNIZED
        || highest.getOrDefault(frame.kind(), 0L) >= frame.seq();
  }

  @Override
  public void replaced() {
    refuse("a newer connection speaks for " + origin);
  }

  // ------------------------------------------------------------------ answers

  private static List<Stored> list(Map<Kind, Long> stored) {
    List<Stored> list = new ArrayList<>();
    stored.forEach(
        (kind, last) -> list.add(Stored.newBuilder().setKind(kind).setSeq(last).build()));
    return list;
  }

  private void send(Kind kind, MessageLite payload) {
    if (!socket.isClosed()) {
      long now = System.currentTimeMillis();
      socket.writeFinalBinaryFrame(
          Buffer.buffer(Frame.encode(origin, kind, ++seq, 0, now, payload).bytes()));
    }
  }

  /** Names the rule that was broken, and closes. */
  void refuse(String reason) {
    refuse(REFUSED, reason);
  }

  void refuse(short code, String reason) {
    if (state != State.CLOSED) {
      meters.refused();
      LOG.info("agent of {} refused: {}", origin, reason);
      send(Kind.KIND_REFUSAL, Refusal.newBuilder().setReason(reason).build());
      closed();
      if (!socket.isClosed()) {
        socket.resume(); // a paused socket would not see the other side's close
        socket.close(code, "refused");
      }
    }
  }

  /** After the socket is gone, or before it goes. */
  void closed() {
    if (state == State.OPEN && log != null) {
      log.detach(this);
    }
    state = State.CLOSED;
    waiting = null;
  }
}
