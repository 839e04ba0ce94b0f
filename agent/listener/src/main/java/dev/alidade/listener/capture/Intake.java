package dev.alidade.listener.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded way from the training threads to the analysis thread: a pool of samples and a queue,
 * both within one number of bytes. A training thread never waits for room: when there is none, the
 * oldest sample that waits is dropped and counted.
 *
 * <p>At every moment {@code offered = stored + inFlight + Σ dropped}, and {@code inFlight} is the
 * number of samples that are being filled, wait, or are being analysed. The lock is held for a few
 * assignments and never during I/O, a copy or an analysis.
 */
public final class Intake {
  public static final String QUEUE_FULL = "queue_full";
  public static final String INCOMPLETE = "incomplete";
  public static final String FAILED = "failed";
  public static final String CLOSED = "closed";

  /** Samples that were dropped for one reason, by their numbers. */
  public record Missing(long fromSeq, long toSeq, String reason) {}

  /** A consistent reading of all counters. */
  public record Counts(long offered, long stored, long inFlight, Map<String, Long> dropped) {
    public long droppedTotal() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static final int MOST_GAPS = 1024;

  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Sample> free = new ArrayDeque<>();
  private final ArrayDeque<Sample> waiting = new ArrayDeque<>();
  private final TreeMap<String, Long> dropped = new TreeMap<>();
  private final ArrayList<Missing> missing = new ArrayList<>();
  private long allocatedBytes;
  private long largestSample;
  private long offered;
  private long stored;
  private long inFlight;
  private long seq;
  private boolean closed;

  public Intake(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Most bytes for one sample, so that a few fit. */
  long mostSampleBytes() {
    return mostBytes / 4;
  }

  /** A sample to fill, or null when every sample is in use or the intake is closed. */
  @Nullable Sample begin() {
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      offered++;
      inFlight++;
      Sample sample = free.poll();
      if (sample != null) {
        return sample;
      }
      if (allocatedBytes + largestSample <= mostBytes) {
        return new Sample();
      }
      sample = waiting.poll();
      if (sample != null) {
        miss(sample.seq, QUEUE_FULL);
        return sample;
      }
      miss(++seq, QUEUE_FULL);
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Hands a filled sample over and numbers it. */
  void put(Sample sample) {
    lock.lock();
    try {
      charge(sample);
      sample.seq = ++seq;
      if (closed) {
        miss(sample.seq, CLOSED);
        return;
      }
      waiting.add(sample);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Gives back a sample that will not be completed. */
  void abandon(Sample sample, String reason) {
    lock.lock();
    try {
      charge(sample);
      miss(++seq, reason);
      free.push(sample);
    } finally {
      lock.unlock();
    }
  }

  /** The oldest sample, or null when none came in time. */
  public @Nullable Sample take(long timeoutNanos) throws InterruptedException {
    lock.lock();
    try {
      long left = timeoutNanos;
      while (waiting.isEmpty() && left > 0 && !closed) {
        left = arrived.awaitNanos(left);
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a sample waits. */
  public boolean pressing() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a sample's way: stored when {@code reason} is empty, else dropped for that reason. */
  public void release(Sample sample, String reason) {
    lock.lock();
    try {
      if (reason.isEmpty()) {
        inFlight--;
        stored++;
      } else {
        miss(sample.seq, reason);
      }
      free.push(sample);
    } finally {
      lock.unlock();
    }
  }

  /** The samples dropped since the last call, adjacent ones joined. */
  public List<Missing> missing() {
    lock.lock();
    try {
      if (missing.isEmpty()) {
        return List.of();
      }
      List<Missing> copy = List.copyOf(missing);
      missing.clear();
      return copy;
    } finally {
      lock.unlock();
    }
  }

  public Counts counts() {
    lock.lock();
    try {
      return new Counts(offered, stored, inFlight, Map.copyOf(dropped));
    } finally {
      lock.unlock();
    }
  }

  /** How many samples wait. */
  public int depth() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** No further samples; those that wait can still be taken. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for nothing: wakes the taker, so that it looks at other work. */
  public void wake() {
    lock.lock();
    try {
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void charge(Sample sample) {
    long bytes = sample.capacity();
    allocatedBytes += bytes - sample.chargedBytes;
    sample.chargedBytes = bytes;
    largestSample = Math.max(largestSample, bytes);
  }

  private void miss(long number, String reason) {
    inFlight--;
    dropped.merge(reason, 1L, Long::sum);
    int last = missing.size() - 1;
    if (last >= 0
        && missing.get(last).toSeq() + 1 == number
        && missing.get(last).reason().equals(reason)) {
      missing.set(last, new Missing(missing.get(last).fromSeq(), number, reason));
    } else if (missing.size() < MOST_GAPS) {
      missing.add(new Missing(number, number, reason));
    }
  }
}
