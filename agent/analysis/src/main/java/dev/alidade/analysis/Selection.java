package dev.alidade.analysis;

import java.util.Arrays;

/**
 * Exact order statistics and counts over |h|, from passes over the values after these have been
 * counted by quarter octave: a float's bits without its sign rise with its magnitude.
 */
final class Selection {
  private static final int ABSOLUTE = 0x7fffffff;
  private static final int SHIFT = 11;
  private static final int[] MANTISSAS = {
    0, SignedHistogram.QUARTER, SignedHistogram.HALF, SignedHistogram.THREE_QUARTERS
  };

  private final int[] buckets = new int[1 << SHIFT];

  /**
   * The lower middle value of |h| over the finite values: the quarter octave it lies in is known
   * from the counts, two passes find its bits. NaN when there is none.
   */
  double medianAbs(Chunks chunks, QuarterCounts counts, long finite, long zeros) {
    long rank = (finite - 1) / 2;
    if (finite == 0) {
      return Double.NaN;
    }
    if (rank < zeros) {
      return 0;
    }
    int quarter = 0;
    while (rank >= counts.of(quarter)) {
      rank -= counts.of(quarter++);
    }
    int low = lowestBits(quarter);
    rank -= countBuckets(chunks, low, lowestBits(quarter + 1) - low, SHIFT, rank);
    low += found << SHIFT;
    countBuckets(chunks, low, 1 << SHIFT, 0, rank);
    return Float.intBitsToFloat(low + found);
  }

  private int found;

  /** Finds the bucket that holds the rank, and returns how many values lie in those before it. */
  private long countBuckets(Chunks chunks, int low, int width, int shift, long rank) {
    Arrays.fill(buckets, 0);
    for (int i = 0; i < chunks.count(); i++) {
      chunks.load(i);
      count(chunks.array(), chunks.from(), chunks.to(), low, width, shift, buckets);
    }
    long before = 0;
    found = 0;
    while (before + buckets[found] <= rank) {
      before += buckets[found++];
    }
    return before;
  }

  private static void count(
      float[] values, int from, int to, int low, int width, int shift, int[] buckets) {
    for (int i = from; i < to; i++) {
      int above = (Float.floatToRawIntBits(values[i]) & ABSOLUTE) - low;
      if (above >= 0 && above < width) {
        buckets[above >>> shift]++;
      }
    }
  }

  private static int lowestBits(int quarter) {
    return ((quarter >>> 2) << 23) + MANTISSAS[quarter & 3];
  }

  /** Finite values with |h| below a bound. */
  long below(Chunks chunks, QuarterCounts counts, double bound) {
    int limit = bitsAtLeast(bound);
    long count = 0;
    int quarter = 0;
    while (quarter < 1020 && lowestBits(quarter + 1) <= limit) {
      count += counts.of(quarter++);
    }
    if (quarter == 1020 || counts.of(quarter) == 0) {
      return count;
    }
    count = 0;
    for (int i = 0; i < chunks.count(); i++) {
      chunks.load(i);
      count += below(chunks.array(), chunks.from(), chunks.to(), limit);
    }
    return count;
  }

  private static int below(float[] values, int from, int to, int limit) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += ((Float.floatToRawIntBits(values[i]) & ABSOLUTE) - limit) >>> 31;
    }
    return count;
  }

  /** The bits of the least float that is not below a bound, at most those of infinity. */
  private static int bitsAtLeast(double bound) {
    float least = (float) bound;
    return Float.floatToRawIntBits(least < bound ? Math.nextUp(least) : least);
  }

  /** Finite values outside the open interval (low, high). */
  static long outside(Chunks chunks, float low, float high) {
    long count = 0;
    for (int i = 0; i < chunks.count(); i++) {
      chunks.load(i);
      count += outside(chunks.array(), chunks.from(), chunks.to(), low, high);
    }
    return count;
  }

  private static int outside(float[] values, int from, int to, float low, float high) {
    int count = 0;
    for (int i = from; i < to; i++) {
      float value = values[i];
      if ((value <= low || value >= high) && Math.abs(value) <= Float.MAX_VALUE) {
        count++;
      }
    }
    return count;
  }
}
