package dev.alidade.analysis;

import java.util.Arrays;

/**
 * Exact order statistics and counts over |h|, from passes over the values after these have been
 * counted by magnitude.
 */
final class Selection {
  private static final int ABSOLUTE = 0x7fffffff;

  /** No bin is wider than 2^22 floats: two digits of 11 bits. */
  private static final int DIGIT = 11;

  /** Of one bin; where there are more of them, they are read where they are. */
  private static final int KEPT = 1 << 14;

  private final int[] buckets = new int[1 << DIGIT];
  private final float[] kept = new float[KEPT];
  private int keptCount;

  /**
   * The lower middle value of |h| over the finite values: the bin it lies in is known from the
   * counts; its values are picked out, and two passes over these find its bits. NaN when there is
   * none.
   */
  double medianAbs(Chunks chunks, MagnitudeCounts counts) {
    if (counts.finite() == 0) {
      return Double.NaN;
    }
    long rank = (counts.finite() - 1) / 2;
    int bin = 0;
    while (rank >= counts.of(bin)) {
      rank -= counts.of(bin++);
    }
    int low = MagnitudeBins.low(bin);
    int width = MagnitudeBins.low(bin + 1) - low;
    if (width > 1) {
      boolean keep = counts.of(bin) <= KEPT;
      if (keep) {
        keep(chunks, low, width);
      }
      fill(chunks, keep, low, width, DIGIT);
      int bucket = bucketOf(rank);
      for (int i = 0; i < bucket; i++) {
        rank -= buckets[i];
      }
      low += bucket << DIGIT;
      fill(chunks, keep, low, 1 << DIGIT, 0);
      low += bucketOf(rank);
    }
    return Float.intBitsToFloat(low);
  }

  private void keep(Chunks chunks, int low, int width) {
    keptCount = 0;
    for (int i = 0; i < chunks.count(); i++) {
      chunks.load(i);
      keptCount = keep(chunks.array(), chunks.from(), chunks.to(), low, width, kept, keptCount);
    }
  }

  private static int keep(
      float[] values, int from, int to, int low, int width, float[] kept, int before) {
    int count = before;
    int limit = width + Integer.MIN_VALUE;
    for (int i = from; i < to; i++) {
      int above = (Float.floatToRawIntBits(values[i]) & ABSOLUTE) - low;
      if (above + Integer.MIN_VALUE < limit) {
        kept[count++] = values[i];
      }
    }
    return count;
  }

  private void fill(Chunks chunks, boolean fromKept, int low, int width, int shift) {
    Arrays.fill(buckets, 0);
    if (fromKept) {
      count(kept, 0, keptCount, low, width, shift, buckets);
      return;
    }
    for (int i = 0; i < chunks.count(); i++) {
      chunks.load(i);
      count(chunks.array(), chunks.from(), chunks.to(), low, width, shift, buckets);
    }
  }

  private int bucketOf(long rank) {
    long before = 0;
    int bucket = 0;
    while (before + buckets[bucket] <= rank) {
      before += buckets[bucket++];
    }
    return bucket;
  }

  /** One unsigned comparison tells whether a magnitude is in [low, low + width). */
  private static void count(
      float[] values, int from, int to, int low, int width, int shift, int[] buckets) {
    int limit = width + Integer.MIN_VALUE;
    for (int i = from; i < to; i++) {
      int above = (Float.floatToRawIntBits(values[i]) & ABSOLUTE) - low;
      if (above + Integer.MIN_VALUE < limit) {
        buckets[above >>> shift]++;
      }
    }
  }

  /** Finite values with |h| below a bound. */
  static long below(Chunks chunks, double bound) {
    int limit = bitsAtLeast(bound);
    long count = 0;
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
