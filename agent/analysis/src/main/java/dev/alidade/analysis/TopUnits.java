package dev.alidade.analysis;

import java.util.Arrays;

/**
 * The three largest |h| of a sample with unit and observation, and how long the same unit has been
 * on top. They lie in the three units whose own maxima are largest, so only these are read again.
 */
final class TopUnits {
  private static final int MOST = 3;
  private static final int SAMPLES = 50;

  private final int[] candidates = new int[MOST];
  private final float[] values = new float[MOST];
  private final int[] units = new int[MOST];
  private final long[] rows = new long[MOST];
  private int count;

  private double rowsShare;

  private final int[] recent = new int[SAMPLES];
  private long samples;

  void find(Activations activations, UnitStats stats) {
    count = 0;
    int found = findCandidates(stats);
    Arrays.sort(candidates, 0, found);
    for (int i = 0; i < found; i++) {
      read(activations, candidates[i]);
    }
    rowsShare = count == 0 ? Double.NaN : rowsShare(activations);
    recent[(int) (samples++ % SAMPLES)] = count == 0 ? -1 : units[0];
  }

  private int findCandidates(UnitStats stats) {
    int found = 0;
    for (int unit = 0; unit < stats.units; unit++) {
      float size = stats.maxAbs(unit);
      if (!(size > 0)) {
        continue;
      }
      int place = found;
      while (place > 0 && stats.maxAbs(candidates[place - 1]) < size) {
        place--;
      }
      if (place < MOST) {
        found = Math.min(MOST, found + 1);
        System.arraycopy(candidates, place, candidates, place + 1, found - 1 - place);
        candidates[place] = unit;
      }
    }
    return found;
  }

  private void read(Activations activations, int unit) {
    Geometry g = activations.geometry();
    float least = count < MOST ? 0 : Math.abs(values[MOST - 1]);
    boolean pooled = g.meaning() == Positions.POOLED;
    for (int row = 0; row < g.rows(); row++) {
      int at = row * g.rowStride() + unit * g.unitStride();
      for (int position = 0; position < g.positions(); position++, at += g.positionStride()) {
        float value = activations.values()[at];
        float size = Math.abs(value);
        if (size > least && size <= Float.MAX_VALUE) {
          insert(value, unit, pooled ? row : (long) row * g.positions() + position);
          least = count < MOST ? 0 : Math.abs(values[MOST - 1]);
        }
      }
    }
  }

  private void insert(float value, int unit, long row) {
    int place = count;
    while (place > 0 && Math.abs(values[place - 1]) < Math.abs(value)) {
      place--;
    }
    count = Math.min(MOST, count + 1);
    System.arraycopy(values, place, values, place + 1, count - 1 - place);
    System.arraycopy(units, place, units, place + 1, count - 1 - place);
    System.arraycopy(rows, place, rows, place + 1, count - 1 - place);
    values[place] = value;
    units[place] = unit;
    rows[place] = row;
  }

  private double rowsShare(Activations activations) {
    Geometry g = activations.geometry();
    float least = Math.abs(values[0]) / 2;
    boolean pooled = g.meaning() == Positions.POOLED;
    long found = 0;
    for (int row = 0; row < g.rows(); row++) {
      int at = row * g.rowStride() + units[0] * g.unitStride();
      int reached = 0;
      for (int position = 0; position < g.positions(); position++, at += g.positionStride()) {
        float size = Math.abs(activations.values()[at]);
        reached += size >= least && size <= Float.MAX_VALUE ? 1 : 0;
      }
      found += pooled ? Math.min(1, reached) : reached;
    }
    return (double) found / g.observations();
  }

  /** Share of observations on which the top unit is at least half of its largest |h|. */
  double rowsShare() {
    return rowsShare;
  }

  int count() {
    return count;
  }

  float value(int i) {
    return values[checked(i)];
  }

  int unit(int i) {
    return units[checked(i)];
  }

  long row(int i) {
    return rows[checked(i)];
  }

  private int checked(int i) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException("i must be below " + count + ": " + i);
    }
    return i;
  }

  /** Share of the last 50 samples, or of all so far, whose top unit is that of the last one. */
  double persistence() {
    if (count == 0) {
      return Double.NaN;
    }
    int known = (int) Math.min(samples, SAMPLES);
    int same = 0;
    for (int i = 0; i < known; i++) {
      same += recent[i] == units[0] ? 1 : 0;
    }
    return (double) same / known;
  }
}
