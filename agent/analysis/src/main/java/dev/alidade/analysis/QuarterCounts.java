package dev.alidade.analysis;

import java.util.Arrays;

/**
 * Counts values by sign and quarter octave, from the bits of the float: the exponent, and the
 * mantissa against three bounds. Two lanes, so that equal neighbours do not wait for each other's
 * increment.
 */
final class QuarterCounts {
  static final int QUARTERS = 1024;
  private static final int FIRST_NON_FINITE = 1020;
  private static final int LANE = 2 * QUARTERS;
  private static final int ABSOLUTE = 0x7fffffff;

  /** Between 2^-40 and 2^40, squares of floats and sums of a few of them keep their precision. */
  private static final int ORDINARY_FROM = 4 * (127 - 40);

  private static final int ORDINARY_TO = 4 * (127 + 40);

  private final int[] counts = new int[2 * LANE];

  void count(Chunks chunks) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < chunks.count(); i++) {
      chunks.load(i);
      count(chunks.array(), chunks.from(), chunks.to(), counts);
    }
    for (int i = 0; i < LANE; i++) {
      counts[i] += counts[LANE + i];
    }
  }

  private static void count(float[] values, int from, int to, int[] counts) {
    int i = from;
    for (; i + 1 < to; i += 2) {
      int a = Float.floatToRawIntBits(values[i]);
      int b = Float.floatToRawIntBits(values[i + 1]);
      counts[SignedHistogram.quarter(a & ABSOLUTE) + (a >>> 31) * QUARTERS]++;
      counts[LANE + SignedHistogram.quarter(b & ABSOLUTE) + (b >>> 31) * QUARTERS]++;
    }
    if (i < to) {
      int a = Float.floatToRawIntBits(values[i]);
      counts[SignedHistogram.quarter(a & ABSOLUTE) + (a >>> 31) * QUARTERS]++;
    }
  }

  /** Values of one quarter octave, of both signs. */
  int of(int quarter) {
    return counts[quarter] + counts[QUARTERS + quarter];
  }

  boolean anyNonFinite() {
    return sum(FIRST_NON_FINITE, QUARTERS) > 0;
  }

  /**
   * Whether every value is zero, between 2^-40 and 2^40, or one of the denormals that share a
   * quarter with zero.
   */
  boolean ordinary() {
    return sum(1, ORDINARY_FROM) == 0 && sum(ORDINARY_TO, QUARTERS) == 0;
  }

  private int sum(int first, int end) {
    int sum = 0;
    for (int quarter = first; quarter < end; quarter++) {
      sum += of(quarter);
    }
    return sum;
  }

  /** Adds to a histogram; zeros share their quarter with the least denormals, hence the counts. */
  void addTo(SignedHistogram histogram, long zeros, long positives, long negatives) {
    histogram.addZeros(zeros);
    long positiveRest = positives;
    long negativeRest = negatives;
    for (int quarter = 1; quarter < FIRST_NON_FINITE; quarter++) {
      positiveRest -= counts[quarter];
      negativeRest -= counts[QUARTERS + quarter];
      histogram.addQuarters(false, quarter, counts[quarter]);
      histogram.addQuarters(true, quarter, counts[QUARTERS + quarter]);
    }
    histogram.addQuarters(false, 0, positiveRest);
    histogram.addQuarters(true, 0, negativeRest);
  }
}
