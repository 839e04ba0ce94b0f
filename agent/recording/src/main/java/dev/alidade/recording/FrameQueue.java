package dev.alidade.recording;

import dev.alidade.recording.Batch.Stream;
import dev.alidade.wire.Frame;
import dev.alidade.wire.proto.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames on their way to the file, bounded in bytes, with the account of all that were offered. A
 * frame is queued until it is committed: a failed transaction loses nothing. The lock is held for
 * the bookkeeping only, never while something is written.
 */
final class FrameQueue {
  static final int MOST_BATCH = 64;

  /** With {@link Thinner#MARK}, below the whole: also when there is nothing to thin after all. */
  private static final double RELIEVED_SHARE = 0.15;

  private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final WriterOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition offeredOrClosed = lock.newCondition();
  private final Condition settled = lock.newCondition();

  private volatile RecordingWriter.DropListener dropListener = (frame, reason) -> {};
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();
  private final Map<String, Long> dropped = new HashMap<>();
  private Map<GapKey, StoredGap> gaps = new HashMap<>();
  private Map<Stream, Long> uploads = new HashMap<>();
  private List<KeptWindow> windows = new ArrayList<>();
  private long queuedBytes;
  private long offered;
  private long stored;
  private long resent;
  private long usedBytes;
  private boolean canRelieve;
  private String failure = "";
  private long taken;
  private long finished;
  private boolean abandoned;
  private int hurried;
  private boolean closed;

  private record GapKey(Stream stream, String reason) {}

  FrameQueue(WriterOptions options, long usedBytes, boolean canRelieve) {
    this.options = options;
    this.usedBytes = usedBytes;
    this.canRelieve = canRelieve;
  }

  boolean offer(Frame frame) {
    lock.lock();
    try {
      offered++;
      String refusal = refusal(frame);
      if (!refusal.isEmpty()) {
        drop(frame, refusal);
        return false;
      }
      frames.add(frame);
      queuedBytes += frame.bytes().length;
      // The writer waits for the first frame, then for the last of a batch or for the clock.
      if (frames.size() == 1 || frames.size() == MOST_BATCH) {
        offeredOrClosed.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private String refusal(Frame frame) {
    if (closed) {
      return "closed";
    }
    long queue = queuedBytes + frame.bytes().length;
    if (queue > share(options.queueBytes(), Kinds.isCache(frame.kind()) ? 0.75 : 1)) {
      return "queue_full";
    }
    if (canRelieve && queue <= share(options.mostBytes(), RELIEVED_SHARE)) {
      return "";
    }
    double share =
        Kinds.isCache(frame.kind()) ? 0.90 : frame.kind() == Kind.KIND_NUMBERS ? 0.98 : 1;
    return usedBytes + queue > share(options.mostBytes(), share) ? "spool_full" : "";
  }

  private static long share(long bytes, double share) {
    return share == 1 ? bytes : (long) (bytes * share);
  }

  void onDrop(RecordingWriter.DropListener listener) {
    dropListener = listener;
  }

  private void drop(Frame frame, String reason) {
    dropped.merge(reason, 1L, Long::sum);
    dropListener.dropped(frame, reason);
    Stream stream = Stream.of(frame);
    gaps.merge(
        new GapKey(stream, reason),
        new StoredGap(
            stream.worker(),
            stream.incarnation(),
            stream.kind(),
            frame.seq(),
            frame.seq(),
            1,
            reason,
            System.currentTimeMillis()),
        FrameQueue::joined);
  }

  static StoredGap joined(StoredGap a, StoredGap b) {
    return new StoredGap(
        a.worker(),
        a.incarnation(),
        a.kind(),
        Math.min(a.fromSeq(), b.fromSeq()),
        Math.max(a.toSeq(), b.toSeq()),
        a.frames() + b.frames(),
        a.reason(),
        b.timeMillis());
  }

  void acknowledge(Stream stream, long seq) {
    lock.lock();
    try {
      uploads.merge(stream, seq, Math::max);
      offeredOrClosed.signal();
    } finally {
      lock.unlock();
    }
  }

  void keep(KeptWindow window) {
    lock.lock();
    try {
      windows.add(window);
      offeredOrClosed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for something to store, then for a full batch, the clock, a flush or the end. The frames
   * stay queued until {@link #committed}. Empty only when the queue is closed and nothing is left.
   */
  Batch next() throws InterruptedException {
    lock.lock();
    try {
      while (isIdle() && !closed) {
        offeredOrClosed.await();
      }
      long deadline = System.nanoTime() + BATCH_NANOS;
      while (frames.size() < MOST_BATCH && hurried == 0 && !closed) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          break;
        }
        offeredOrClosed.awaitNanos(left);
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private boolean isIdle() {
    return frames.isEmpty() && hasNoMarks();
  }

  private boolean hasNoMarks() {
    return gaps.isEmpty() && uploads.isEmpty() && windows.isEmpty();
  }

  private Batch take() {
    List<Frame> first = new ArrayList<>(MOST_BATCH);
    for (Frame frame : frames) {
      if (first.size() == MOST_BATCH) {
        break;
      }
      first.add(frame);
    }
    Batch batch = new Batch(first, List.copyOf(gaps.values()), uploads, windows);
    gaps = new HashMap<>();
    uploads = new HashMap<>();
    windows = new ArrayList<>();
    taken++;
    return batch;
  }

  void committed(Batch batch, Log.Commit commit) {
    lock.lock();
    try {
      for (int i = 0; i < batch.frames().size(); i++) {
        queuedBytes -= frames.remove().bytes().length;
      }
      stored += batch.frames().size();
      resent += commit.resent();
      usedBytes = commit.usedBytes();
      canRelieve = commit.canRelieve();
      failure = "";
      finished++;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void failed(String why) {
    lock.lock();
    try {
      failure = why;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what is queued; only after the end of {@link WriterOptions#closeWithin()}. */
  void abandon() {
    lock.lock();
    try {
      for (Frame frame : frames) {
        drop(frame, "disk");
      }
      frames.clear();
      queuedBytes = 0;
      abandoned = true;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that came before is settled; false when time ran out or it was lost. */
  boolean flush(Duration limit) throws InterruptedException {
    lock.lock();
    hurried++;
    try {
      long untilFrame = stored + frames.size();
      long untilBatch = taken + (hasNoMarks() ? 0 : 1);
      long deadline = System.nanoTime() + limit.toNanos();
      offeredOrClosed.signal();
      while ((stored < untilFrame || finished < untilBatch) && !abandoned) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        settled.awaitNanos(left);
      }
      return stored >= untilFrame && !dropped.containsKey("disk");
    } finally {
      hurried--;
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      offeredOrClosed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits between attempts; returns early when the queue is closed meanwhile. */
  void backOff(long nanos) throws InterruptedException {
    lock.lock();
    try {
      boolean before = closed;
      long deadline = System.nanoTime() + nanos;
      for (long left = nanos; left > 0 && closed == before; left = deadline - System.nanoTime()) {
        offeredOrClosed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  Account account() {
    lock.lock();
    try {
      return new Account(
          offered, stored, resent, frames.size(), queuedBytes, dropped, usedBytes, failure);
    } finally {
      lock.unlock();
    }
  }
}
