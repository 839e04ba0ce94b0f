package dev.alidade.analysis;

import java.util.Arrays;

/**
 * The scan of feature maps: every (row, unit) is a run of positions, whose mean is the unit's value
 * for that observation. Sums are double throughout.
 */
final class RunScan {
  private final int units;

  /** [rows x units] means over positions of the last sample; NaN where one was not finite. */
  private float[] pooled = {};

  private float[] line = {};

  RunScan(int units) {
    this.units = units;
  }

  void scan(Activations activations, boolean finite, UnitStats stats, GroupMeans groups) {
    Geometry g = activations.geometry();
    stats.start((long) g.rows() * g.positions());
    Arrays.fill(stats.pivot, 0);
    reserve(g);
    for (int row = 0; row < g.rows(); row++) {
      for (int unit = 0; unit < units; unit++) {
        pooled[row * units + unit] = addRun(activations, row, unit, finite, stats);
      }
      groups.add(activations.group(row), pooled, row * units, finite);
    }
  }

  float[] pooled() {
    return pooled;
  }

  private void reserve(Geometry g) {
    if (pooled.length < g.rows() * units) {
      pooled = new float[g.rows() * units];
    }
    if (g.positionStride() != 1 && line.length < g.positions()) {
      line = new float[g.positions()];
    }
  }

  private float addRun(Activations activations, int row, int unit, boolean finite, UnitStats s) {
    Geometry g = activations.geometry();
    int start = row * g.rowStride() + unit * g.unitStride();
    float[] values = activations.values();
    if (g.positionStride() != 1) {
      for (int i = 0; i < g.positions(); i++) {
        line[i] = values[start + i * g.positionStride()];
      }
      values = line;
      start = 0;
    }
    return finite
        ? addFinite(values, start, g.positions(), unit, s)
        : addAny(values, start, g.positions(), unit, s);
  }

  private static float addFinite(float[] values, int from, int count, int unit, UnitStats stats) {
    double sum = 0;
    double squares = 0;
    double magnitude = 0;
    float min = stats.min[unit];
    float max = stats.max[unit];
    int nonZero = 0;
    int positive = 0;
    for (int i = from; i < from + count; i++) {
      float value = values[i];
      sum += value;
      squares += (double) value * value;
      magnitude += Math.abs(value);
      min = Math.min(min, value);
      max = Math.max(max, value);
      int bits = Float.floatToRawIntBits(value);
      nonZero += -(bits & 0x7fffffff) >>> 31;
      positive += (-bits & ~bits) >>> 31;
    }
    stats.sum[unit] += sum;
    stats.squares[unit] += squares;
    stats.magnitude[unit] += magnitude;
    stats.min[unit] = min;
    stats.max[unit] = max;
    stats.nonZero[unit] += nonZero;
    stats.positive[unit] += positive;
    stats.active[unit] += -nonZero >>> 31;
    return (float) (sum / count);
  }

  private static float addAny(float[] values, int from, int count, int unit, UnitStats stats) {
    double sum = 0;
    int nonZero = stats.nonZero[unit];
    for (int i = from; i < from + count; i++) {
      sum += values[i];
      stats.add(unit, values[i]);
    }
    stats.active[unit] += stats.nonZero[unit] > nonZero ? 1 : 0;
    return (float) (sum / count);
  }
}
