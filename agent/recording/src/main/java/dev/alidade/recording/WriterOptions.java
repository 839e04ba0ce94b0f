package dev.alidade.recording;

import java.time.Duration;

/**
 * How a recording is written.
 *
 * @param queueBytes most bytes of frames that wait for the disk; the last quarter is kept for
 *     events, so that numbers outlive pictures when the disk is slow
 * @param durability what a commit survives
 * @param mostBytes bound on the size of the file: from 80 % of it on, pictures are thinned evenly;
 *     what is left when there is nothing to thin stops at 90 % (pictures) and 98 % (numbers)
 * @param closeWithin how long closing may wait for a disk that refuses to store
 */
public record WriterOptions(
    long queueBytes, Durability durability, long mostBytes, Duration closeWithin) {
  /** What a commit survives. */
  public enum Durability {
    /** A kill of the process; after a power loss the last commits may be missing. */
    NORMAL,
    /** A power loss too: every commit is synced, at about 0.8 of the speed. */
    FULL
  }

  private static final WriterOptions DEFAULTS =
      new WriterOptions(64L << 20, Durability.NORMAL, Long.MAX_VALUE, Duration.ofSeconds(10));

  public WriterOptions {
    if (queueBytes < 1) {
      throw new IllegalArgumentException("queueBytes must be at least 1: " + queueBytes);
    }
    if (mostBytes < 1 << 20) {
      throw new IllegalArgumentException("mostBytes must be at least 1048576: " + mostBytes);
    }
    if (closeWithin.isNegative()) {
      throw new IllegalArgumentException("closeWithin must be at least 0: " + closeWithin);
    }
  }

  /** A queue of 64 MiB, {@link Durability#NORMAL}, no bound on the file, 10 s to close. */
  public static WriterOptions defaults() {
    return DEFAULTS;
  }

  public WriterOptions withQueueBytes(long bytes) {
    return new WriterOptions(bytes, durability, mostBytes, closeWithin);
  }

  public WriterOptions withDurability(Durability wanted) {
    return new WriterOptions(queueBytes, wanted, mostBytes, closeWithin);
  }

  public WriterOptions withMostBytes(long bytes) {
    return new WriterOptions(queueBytes, durability, bytes, closeWithin);
  }

  public WriterOptions withCloseWithin(Duration limit) {
    return new WriterOptions(queueBytes, durability, mostBytes, limit);
  }
}
