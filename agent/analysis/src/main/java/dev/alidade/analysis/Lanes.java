package dev.alidade.analysis;

import java.util.Arrays;

/**
 * Sums of lines of values, lane by lane: the fast half of the scan, for values that are zero or
 * ordinary ({@link MagnitudeCounts#ordinary}). One small loop for one or two statistics, every
 * array read from its start, so that the compiler vectorises each; an offset into one of them is
 * enough to stop it. Sums are of floats over eight lines at most, then handed on in double; counts
 * in floats are exact for 2^24 lines.
 */
final class Lanes {
  static final int LINES = 8;

  /** Makes any ordinary value at least 1. */
  private static final float LIFT = 0x1p40f;

  final float[] line;
  final float[] pivot;
  final float[] sum;
  final float[] squares;
  final float[] magnitude;
  final float[] min;
  final float[] max;

  /** Positives less negatives, and positives and negatives. */
  final float[] balance;

  final float[] nonZero;

  Lanes(int lanes) {
    line = new float[lanes];
    pivot = new float[lanes];
    sum = new float[lanes];
    squares = new float[lanes];
    magnitude = new float[lanes];
    min = new float[lanes];
    max = new float[lanes];
    balance = new float[lanes];
    nonZero = new float[lanes];
  }

  void clear() {
    clearSums();
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    Arrays.fill(balance, 0);
    Arrays.fill(nonZero, 0);
  }

  void clearSums() {
    Arrays.fill(sum, 0);
    Arrays.fill(squares, 0);
    Arrays.fill(magnitude, 0);
  }

  /** Adds the first {@code count} values of the line. */
  void add(int count) {
    add(line, count);
  }

  /** Adds the first {@code count} values of a line of one's own. */
  void add(float[] one, int count) {
    addMoments(one, pivot, sum, squares, count);
    addMagnitudes(one, magnitude, count);
    least(one, min, count);
    greatest(one, max, count);
    addSigns(one, balance, nonZero, count);
  }

  private static void addMoments(
      float[] line, float[] pivot, float[] sum, float[] squares, int count) {
    for (int i = 0; i < count; i++) {
      float centred = line[i] - pivot[i];
      sum[i] += centred;
      squares[i] += centred * centred;
    }
  }

  private static void addMagnitudes(float[] line, float[] magnitude, int count) {
    for (int i = 0; i < count; i++) {
      magnitude[i] += Math.abs(line[i]);
    }
  }

  private static void least(float[] line, float[] min, int count) {
    for (int i = 0; i < count; i++) {
      min[i] = Math.min(min[i], line[i]);
    }
  }

  private static void greatest(float[] line, float[] max, int count) {
    for (int i = 0; i < count; i++) {
      max[i] = Math.max(max[i], line[i]);
    }
  }

  private static void addSigns(float[] line, float[] balance, float[] nonZero, int count) {
    for (int i = 0; i < count; i++) {
      float sign = Math.max(-1f, Math.min(1f, line[i] * LIFT));
      balance[i] += sign;
      nonZero[i] += Math.abs(sign);
    }
  }
}
