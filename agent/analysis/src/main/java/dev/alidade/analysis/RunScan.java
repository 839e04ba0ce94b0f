package dev.alidade.analysis;

import java.util.Arrays;

/**
 * The scan of feature maps: every (row, unit) is a run of positions, whose mean is the unit's value
 * for that observation. The runs of one unit are strung together into lines.
 */
final class RunScan {
  private static final int LANES = 256;

  private final int units;
  private final Lanes lanes = new Lanes(LANES);

  /** [rows x units] means over positions of the last sample; not finite where one was not. */
  private float[] pooled = {};

  private final float[] observation;
  private float[] run = {};
  private int filled;
  private int lines;

  RunScan(int units) {
    this.units = units;
    observation = new float[units];
  }

  void scan(Activations activations, boolean ordinary, UnitStats stats, GroupMeans groups) {
    Geometry g = activations.geometry();
    boolean first = stats.valuesPerUnit == 0 && g.rows() > 0;
    stats.start((long) g.rows() * g.positions());
    reserve(g);
    for (int unit = 0; unit < units; unit++) {
      if (first && ordinary) {
        int from = load(activations, 0, unit);
        float[] values = from < 0 ? run : activations.values();
        stats.setPivot(unit, sum(values, Math.max(0, from), g.positions()) / g.positions());
      }
      startUnit(unit, stats);
      for (int row = 0; row < g.rows(); row++) {
        int from = load(activations, row, unit);
        float[] values = from < 0 ? run : activations.values();
        from = Math.max(0, from);
        pooled[row * units + unit] =
            ordinary
                ? addRun(values, from, g.positions(), unit, stats)
                : addAny(values, from, g.positions(), unit, stats);
      }
      endUnit(unit, stats);
    }
    for (int row = 0; row < g.rows(); row++) {
      System.arraycopy(pooled, row * units, observation, 0, units);
      groups.add(activations.group(row), observation, ordinary);
    }
    stats.finish();
  }

  float[] pooled() {
    return pooled;
  }

  private void reserve(Geometry g) {
    if (pooled.length < g.rows() * units) {
      pooled = new float[g.rows() * units];
    }
    if (g.positionStride() != 1 && run.length < g.positions()) {
      run = new float[g.positions()];
    }
  }

  /** Where a run starts among the activations; -1 when it had to be gathered. */
  private int load(Activations activations, int row, int unit) {
    Geometry g = activations.geometry();
    int start = row * g.rowStride() + unit * g.unitStride();
    if (g.positionStride() == 1) {
      return start;
    }
    float[] values = activations.values();
    for (int i = 0, at = start; i < g.positions(); i++, at += g.positionStride()) {
      run[i] = values[at];
    }
    return -1;
  }

  private void startUnit(int unit, UnitStats stats) {
    Arrays.fill(lanes.pivot, stats.pivot[unit]);
    lanes.clear();
    filled = 0;
    lines = 0;
  }

  private void endUnit(int unit, UnitStats stats) {
    lanes.add(filled);
    flushSums(unit, stats);
    for (int lane = 0; lane < LANES; lane++) {
      stats.addExtremes(unit, lanes, lane);
    }
  }

  private void flushSums(int unit, UnitStats stats) {
    for (int lane = 0; lane < LANES; lane++) {
      stats.addSums(unit, lanes, lane);
    }
    lanes.clearSums();
  }

  private float addRun(float[] values, int from, int count, int unit, UnitStats stats) {
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, LANES - filled);
      System.arraycopy(values, from + done, lanes.line, filled, part);
      filled += part;
      done += part;
      if (filled == LANES) {
        lanes.add(LANES);
        filled = 0;
        if (++lines % Lanes.LINES == 0) {
          flushSums(unit, stats);
        }
      }
    }
    stats.active[unit] += anyNonZero(values, from, count) ? 1 : 0;
    return (float) (sum(values, from, count) / count);
  }

  private static boolean anyNonZero(float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (values[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Four sums side by side, for each addition waits for the one before it. */
  private static double sum(float[] values, int from, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i < from + count - 3; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < from + count; i++) {
      a += values[i];
    }
    return a + b + (c + d);
  }

  private static float addAny(float[] values, int from, int count, int unit, UnitStats stats) {
    int nonZero = stats.nonZero[unit];
    for (int i = from; i < from + count; i++) {
      stats.add(unit, values[i]);
    }
    stats.active[unit] += stats.nonZero[unit] > nonZero ? 1 : 0;
    return (float) (sum(values, from, count) / count);
  }
}
