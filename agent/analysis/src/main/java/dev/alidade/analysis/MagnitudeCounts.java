package dev.alidade.analysis;

import java.util.Arrays;

/** How many values of a sample fall into each of the {@link MagnitudeBins}, by sign. */
final class MagnitudeCounts {
  private static final int BINS = MagnitudeBins.BINS;

  private static final int TABLES = 4;

  private final int[] counts = new int[2 * BINS];

  /**
   * Neighbours are counted in different tables: an increment waits for the one before it of the
   * same word, and many neighbours are zero.
   */
  private final int[][] others = new int[TABLES - 1][2 * BINS];

  private long nonZero;
  private long positives;
  private long zeros;
  private boolean ordinary;

  void count(Chunks chunks) {
    clear();
    for (int i = 0; i < chunks.count(); i++) {
      chunks.load(i);
      count(chunks.array(), chunks.from(), chunks.to());
    }
    for (int[] more : others) {
      add(counts, more);
    }
    zeros = of(0);
    positives = sum(1, MagnitudeBins.INFINITY_BIN, 0);
    nonZero = positives + sum(1, MagnitudeBins.INFINITY_BIN, BINS);
    int first = MagnitudeBins.FIRST_ORDINARY;
    int end = MagnitudeBins.END_ORDINARY;
    ordinary = nonZero == sum(first, end, 0) + sum(first, end, BINS) && !anyNonFinite();
  }

  private void clear() {
    Arrays.fill(counts, 0);
    for (int[] more : others) {
      Arrays.fill(more, 0);
    }
  }

  private void count(float[] values, int from, int to) {
    int end = to - (to - from) % TABLES;
    countInTurn(values, from, end, MagnitudeBins.TABLE, counts, others[0], others[1], others[2]);
    for (int i = end; i < to; i++) {
      counts[bin(values[i], MagnitudeBins.TABLE)]++;
    }
  }

  private static void countInTurn(
      float[] values, int from, int end, int[] table, int[] a, int[] b, int[] c, int[] d) {
    for (int i = from; i < end; i += TABLES) {
      a[bin(values[i], table)]++;
      b[bin(values[i + 1], table)]++;
      c[bin(values[i + 2], table)]++;
      d[bin(values[i + 3], table)]++;
    }
  }

  private static int bin(float value, int[] table) {
    int bits = Float.floatToRawIntBits(value);
    return (table[bits >>> MagnitudeBins.SHIFT] + (bits & MagnitudeBins.LOWER))
        >>> MagnitudeBins.SHIFT;
  }

  private static void add(int[] sum, int[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }

  private long sum(int first, int end, int sign) {
    int sum = 0;
    for (int bin = sign + first; bin < sign + end; bin++) {
      sum += counts[bin];
    }
    return sum;
  }

  /** Values of one bin, of both signs. */
  int of(int bin) {
    return counts[bin] + counts[BINS + bin];
  }

  long zeros() {
    return zeros;
  }

  long positives() {
    return positives;
  }

  long finite() {
    return zeros + nonZero;
  }

  long nans() {
    return of(MagnitudeBins.NAN_BIN);
  }

  long infinities() {
    return of(MagnitudeBins.INFINITY_BIN);
  }

  private boolean anyNonFinite() {
    return nans() + infinities() > 0;
  }

  /** Whether every value is zero or between 2^-40 and 2^40. */
  boolean ordinary() {
    return ordinary;
  }

  /** Finite values in bins that lie below a bound as a whole. */
  long below(double bound) {
    long sum = 0;
    int limit = Float.floatToRawIntBits((float) bound);
    for (int bin = 0;
        bin < MagnitudeBins.INFINITY_BIN && MagnitudeBins.low(bin + 1) <= limit;
        bin++) {
      sum += of(bin);
    }
    return sum;
  }

  /** Adds everything to a histogram. */
  void addTo(SignedHistogram histogram) {
    histogram.addZeros(zeros);
    histogram.addNans(nans());
    histogram.addInfinities(
        counts[MagnitudeBins.INFINITY_BIN], counts[BINS + MagnitudeBins.INFINITY_BIN]);
    for (int bin = 1; bin < MagnitudeBins.INFINITY_BIN; bin++) {
      if (of(bin) > 0) {
        histogram.addQuarters(false, MagnitudeBins.quarter(bin), counts[bin]);
        histogram.addQuarters(true, MagnitudeBins.quarter(bin), counts[BINS + bin]);
      }
    }
  }
}
