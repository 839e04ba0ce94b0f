package dev.alidade.server.live;

import dev.alidade.server.store.LiveFrame;
import dev.alidade.server.store.RunLog;
import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Cursor;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Refusal;
import dev.alidade.wire.proto.Subscribe;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page that watches one run: its place in the log and what waits for it. Event loop only. */
final class Viewer implements RunLog.Watcher {
  /** Largest message a page may send. */
  static final int MOST_MESSAGE_BYTES = 64 << 10;

  static final short KICKED = 4008;
  static final short REMOVED = 4004;
  static final short TOO_BIG = 1009;
  static final short REFUSED = 1008;

  private static final int WRITE_QUEUE_BYTES = 1 << 20;
  private static final int BATCH_FRAMES = 256;
  private static final int MOST_EVENTS_AT_ONCE = 1024;
  private static final long BATCH_BYTES = 1 << 20;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final RunLog log;
  private final LiveMeters meters;
  private final long kickAfterMillis;
  private final Origin origin;
  private final Mailbox mailbox = new Mailbox();
  private final Deque<LiveFrame> backlog = new ArrayDeque<>();
  private boolean subscribed;
  private boolean pictures;
  private boolean reading;
  private long position;
  private long announced = -1;
  private long counted;
  private long generation;
  private long seq;
  private @Nullable Long kickTimer;

  Viewer(Vertx vertx, ServerWebSocket socket, RunLog log, LiveMeters meters, long kickAfterMillis) {
    this.vertx = vertx;
    this.socket = socket;
    this.log = log;
    this.meters = meters;
    this.kickAfterMillis = kickAfterMillis;
    origin = new Origin(log.id(), 0, System.currentTimeMillis());
    socket.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
    socket.drainHandler(nothing -> drained());
  }

  // ------------------------------------------------------------------ what the page says

  void message(Buffer message) {
    if (message.length() > MOST_MESSAGE_BYTES) {
      close(TOO_BIG, "a message must be at most " + MOST_MESSAGE_BYTES + " bytes");
      return;
    }
    try {
      Frame frame = Frame.parse(message.getBytes());
      if (frame.kind() != Kind.KIND_SUBSCRIBE) {
        throw new MalformedFrameException("a viewer may only send SUBSCRIBE: " + frame.kind());
      }
      if (!frame.origin().run().equals(log.id())) {
        throw new MalformedFrameException("run must be " + log.id() + ": " + frame.origin().run());
      }
      subscribe(frame.payload(Subscribe.parser()));
    } catch (MalformedFrameException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  private void subscribe(Subscribe wish) {
    subscribed = true;
    generation++;
    reading = false;
    backlog.clear();
    mailbox.clear();
    announced = -1;
    // A position from a log that is gone would never be reached.
    position =
        Long.compareUnsigned(wish.getAfter(), log.tail().last()) > 0
            ? log.tail().last()
            : wish.getAfter();
    pictures = wish.getPictures();
    if (pictures) {
      log.tail().newest().forEach(mailbox::put);
    }
    pump();
  }

  // ------------------------------------------------------------------ what the run says

  @Override
  public void appended(List<LiveFrame> frames) {
    if (!subscribed) {
      return;
    }
    if (pictures) {
      frames.stream().filter(LiveFrame::isCache).forEach(mailbox::put);
    }
    pump();
  }

  @Override
  public void removed() {
    close(REMOVED, "the run was deleted");
  }

  // ------------------------------------------------------------------ sending

  private void drained() {
    if (kickTimer != null) {
      vertx.cancelTimer(kickTimer);
      kickTimer = null;
    }
    if (subscribed) {
      sendPictures();
      pump();
    }
  }

  private void pump() {
    boolean caughtUp = sendEvents();
    if (caughtUp) {
      sendPictures();
      sendCursor();
    }
    meters.coalesced(mailbox.coalesced() - counted);
    counted = mailbox.coalesced();
    if (isFull() && kickTimer == null) {
      kickTimer = vertx.setTimer(kickAfterMillis, timer -> kick());
    }
  }

  /** Whether the cursor reached the end of the log. */
  private boolean sendEvents() {
    for (int sent = 0; !isFull(); sent++) {
      if (sent == MOST_EVENTS_AT_ONCE) {
        vertx.runOnContext(nothing -> pump());
        return false;
      }
      LiveFrame next = nextEvent();
      if (next == null) {
        return !reading;
      }
      position = next.position();
      send(next.content());
    }
    return false;
  }

  /** The event after the cursor, if it is in memory; starts reading the file if it should be. */
  private @Nullable LiveFrame nextEvent() {
    while (!backlog.isEmpty()) {
      LiveFrame frame = backlog.remove();
      if (frame.isEvent()) {
        return frame;
      }
      position = frame.position();
      if (pictures && frame.isCache()) {
        mailbox.skipped(1); // the tail's newest of this slot is younger
      }
    }
    if (log.tail().covers(position)) {
      return log.tail().next(position);
    }
    readOn();
    return null;
  }

  private void readOn() {
    if (reading) {
      return;
    }
    reading = true;
    long mine = generation;
    log.after(position, BATCH_FRAMES, BATCH_BYTES)
        .onComplete(
            read -> {
              if (mine != generation || isClosed()) {
                return;
              }
              reading = false;
              if (read.failed() || read.result().isEmpty()) {
                refuse("the recording cannot be read after position " + position);
                return;
              }
              backlog.addAll(read.result());
              pump();
            });
  }

  private void sendPictures() {
    while (!mailbox.isEmpty() && !isFull()) {
      send(mailbox.take().content());
    }
  }

  /** Says how far the page has come; not before the pictures up to there are sent as well. */
  private void sendCursor() {
    if (!mailbox.isEmpty() || isFull()) {
      return;
    }
    position = log.tail().last();
    if (position != announced) {
      announced = position;
      Cursor cursor =
          Cursor.newBuilder().setPosition(position).setCoalesced(mailbox.coalesced()).build();
      send(
          Buffer.buffer(
              Frame.encode(origin, Kind.KIND_CURSOR, ++seq, 0, System.currentTimeMillis(), cursor)
                  .bytes()));
    }
  }

  private boolean isClosed() {
    return socket.isClosed();
  }

  private boolean isFull() {
    return isClosed() || socket.writeQueueFull();
  }

  private void send(Buffer content) {
    socket.writeFinalBinaryFrame(content);
  }

  private void kick() {
    meters.kicked();
    close(KICKED, "nothing was taken for " + kickAfterMillis / 1000 + " s");
  }

  void refuse(String reason) {
    if (!isClosed()) {
      Refusal refusal = Refusal.newBuilder().setReason(reason).build();
      send(
          Buffer.buffer(
              Frame.encode(origin, Kind.KIND_REFUSAL, ++seq, 0, System.currentTimeMillis(), refusal)
                  .bytes()));
      close(REFUSED, "refused");
    }
  }

  void close(short code, String reason) {
    if (!isClosed()) {
      socket.close(code, reason);
    }
  }

  /** After the socket is gone. */
  void closed() {
    generation++;
    subscribed = false;
    backlog.clear();
    mailbox.clear();
    if (kickTimer != null) {
      vertx.cancelTimer(kickTimer);
      kickTimer = null;
    }
    log.detach(this);
  }
}
