package dev.alidade.analysis;

import java.util.Arrays;

/**
 * The scan of observations that are rows of units. Rows are copied into scratch a few at a time and
 * added column by column, in loops small enough for the compiler to vectorise: one statistic or two
 * each, min and max apart, counts as arithmetic on the bits. Float sums are over eight rows at
 * most, then double.
 */
final class ColumnScan {
  private static final int ROWS = 8;

  private final int units;
  private final float[] rows;
  private final float[] sum;
  private final float[] squares;
  private final float[] magnitude;

  ColumnScan(int units) {
    this.units = units;
    rows = new float[ROWS * units];
    sum = new float[units];
    squares = new float[units];
    magnitude = new float[units];
  }

  /** Adds every observation; {@code ordinary} if all values are zero or of a moderate size. */
  void scan(Activations activations, boolean ordinary, UnitStats stats, GroupMeans groups) {
    int observations = activations.geometry().observations();
    stats.start(observations);
    for (int first = 0; first < observations; first += ROWS) {
      int count = Math.min(ROWS, observations - first);
      for (int i = 0; i < count; i++) {
        Gather.observation(activations, first + i, rows, i * units);
      }
      if (first == 0) {
        stats.guessPivots(rows);
      }
      if (ordinary) {
        addFast(count, stats);
      } else {
        addAny(count, stats);
      }
      for (int i = 0; i < count; i++) {
        groups.add(activations.group(first + i), rows, i * units, ordinary);
      }
    }
    System.arraycopy(stats.nonZero, 0, stats.active, 0, units);
  }

  private void addAny(int count, UnitStats stats) {
    for (int i = 0; i < count; i++) {
      for (int unit = 0; unit < units; unit++) {
        stats.add(unit, rows[i * units + unit]);
      }
    }
  }

  private void addFast(int count, UnitStats stats) {
    Arrays.fill(sum, 0);
    Arrays.fill(squares, 0);
    Arrays.fill(magnitude, 0);
    for (int i = 0; i < count; i++) {
      int from = i * units;
      moments(rows, from, units, stats.pivot, sum, squares);
      magnitudes(rows, from, units, magnitude);
      least(rows, from, units, stats.min);
      greatest(rows, from, units, stats.max);
      signs(rows, from, units, stats.nonZero, stats.positive);
    }
    for (int unit = 0; unit < units; unit++) {
      stats.sum[unit] += sum[unit];
      stats.squares[unit] += squares[unit];
      stats.magnitude[unit] += magnitude[unit];
    }
  }

  private static void moments(
      float[] rows, int from, int units, float[] pivot, float[] sum, float[] squares) {
    for (int unit = 0; unit < units; unit++) {
      float centred = rows[from + unit] - pivot[unit];
      sum[unit] += centred;
      squares[unit] += centred * centred;
    }
  }

  private static void magnitudes(float[] rows, int from, int units, float[] magnitude) {
    for (int unit = 0; unit < units; unit++) {
      magnitude[unit] += Math.abs(rows[from + unit]);
    }
  }

  private static void least(float[] rows, int from, int units, float[] min) {
    for (int unit = 0; unit < units; unit++) {
      min[unit] = Math.min(min[unit], rows[from + unit]);
    }
  }

  private static void greatest(float[] rows, int from, int units, float[] max) {
    for (int unit = 0; unit < units; unit++) {
      max[unit] = Math.max(max[unit], rows[from + unit]);
    }
  }

  private static void signs(float[] rows, int from, int units, int[] nonZero, int[] positive) {
    for (int unit = 0; unit < units; unit++) {
      int bits = Float.floatToRawIntBits(rows[from + unit]);
      nonZero[unit] += -(bits & 0x7fffffff) >>> 31;
      positive[unit] += (-bits & ~bits) >>> 31;
    }
  }
}
