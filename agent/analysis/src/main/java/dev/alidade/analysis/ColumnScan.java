package dev.alidade.analysis;

/** The scan of observations that are rows of units: a lane is a unit. */
final class ColumnScan {
  private final Lanes lanes;
  private final float[][] lines;

  ColumnScan(int units) {
    lanes = new Lanes(units);
    lines = new float[Lanes.LINES][units];
  }

  /** Adds every observation; {@code ordinary} if all values are zero or of a moderate size. */
  void scan(Activations activations, boolean ordinary, UnitStats stats, GroupMeans groups) {
    int observations = activations.geometry().observations();
    boolean first = stats.valuesPerUnit == 0;
    stats.start(observations);
    if (first && ordinary) {
      guessPivots(activations, stats);
    }
    System.arraycopy(stats.pivot, 0, lanes.pivot, 0, stats.units);
    lanes.clear();
    for (int i = 0; i < observations; i++) {
      if (i % Lanes.LINES == 0) {
        Gather.observations(activations, i, lines);
      }
      float[] line = lines[i % Lanes.LINES];
      groups.add(activations.group(i), line, ordinary);
      if (ordinary) {
        addLine(i, line, stats);
      } else {
        addAny(line, stats);
      }
    }
    finish(stats);
  }

  /** The mean of the first few observations is near enough to that of all. */
  private void guessPivots(Activations activations, UnitStats stats) {
    int count = Math.min(Lanes.LINES, activations.geometry().observations());
    for (int i = 0; i < count; i++) {
      Gather.observation(activations, i, lanes.line, 0);
      for (int unit = 0; unit < stats.units; unit++) {
        stats.pivot[unit] += lanes.line[unit] / count;
      }
    }
  }

  private static void addAny(float[] line, UnitStats stats) {
    for (int unit = 0; unit < stats.units; unit++) {
      stats.add(unit, line[unit]);
    }
  }

  private void addLine(int index, float[] line, UnitStats stats) {
    lanes.add(line, stats.units);
    if (index % Lanes.LINES == Lanes.LINES - 1) {
      flushSums(stats);
    }
  }

  private void flushSums(UnitStats stats) {
    for (int unit = 0; unit < stats.units; unit++) {
      stats.addSums(unit, lanes, unit);
    }
    lanes.clearSums();
  }

  private void finish(UnitStats stats) {
    flushSums(stats);
    for (int unit = 0; unit < stats.units; unit++) {
      stats.addExtremes(unit, lanes, unit);
    }
    stats.finish();
    System.arraycopy(stats.nonZero, 0, stats.active, 0, stats.units);
  }
}
