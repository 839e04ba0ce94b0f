package dev.alidade.analysis.layout.family;

import java.util.Arrays;

/**
 * What the units of a layer did: [rows x units] row-major, a row being an observation or a group's
 * profile. Values that are not finite count as zero. The array is not copied; do not write to it
 * while a layout is computed.
 */
public final class Activity {
  private final float[] values;
  private final int rows;
  private final int units;

  private Activity(float[] values, int rows, int units) {
    if (rows < 1 || units < 1) {
      throw new IllegalArgumentException(
          "rows and units must be at least 1: " + rows + " and " + units);
    }
    if (values.length < (long) rows * units) {
      throw new IllegalArgumentException(
          "values must hold rows x units = " + (long) rows * units + ": " + values.length);
    }
    this.values = values;
    this.rows = rows;
    this.units = units;
  }

  /** Of single observations, or of anything else that is to be compared as it is. */
  public static Activity observations(float[] values, int rows, int units) {
    return new Activity(values, rows, units);
  }

  /**
   * Profiles of groups, from observations: each group's mean minus the unweighted mean over the
   * groups. Groups without an observation have no row; without any group there is one profile, of
   * zeros.
   *
   * @param groups of each observation; below 0 for none
   */
  public static Activity profiles(float[] values, int[] groups, int rows, int units) {
    new Activity(values, rows, units);
    if (groups.length < rows) {
      throw new IllegalArgumentException(
          "groups must be one for each of " + rows + " observations: " + groups.length);
    }
    int most = Arrays.stream(groups, 0, rows).max().orElse(-1) + 1;
    double[][] sums = new double[most][];
    int[] counts = new int[most];
    for (int r = 0; r < rows; r++) {
      int group = groups[r];
      if (group >= 0) {
        sums[group] = counts[group]++ == 0 ? new double[units] : sums[group];
        for (int u = 0; u < units; u++) {
          sums[group][u] += finite(values[r * units + u]);
        }
      }
    }
    return centred(sums, counts, units);
  }

  private static Activity centred(double[][] sums, int[] counts, int units) {
    int present = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    float[] profiles = new float[Math.max(1, present) * units];
    for (int u = 0; u < units; u++) {
      double mean = 0;
      for (int g = 0; g < counts.length; g++) {
        mean += counts[g] > 0 ? sums[g][u] / counts[g] / present : 0;
      }
      int row = 0;
      for (int g = 0; g < counts.length; g++) {
        if (counts[g] > 0) {
          profiles[row++ * units + u] = (float) (sums[g][u] / counts[g] - mean);
        }
      }
    }
    return new Activity(profiles, Math.max(1, present), units);
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** How many units there are. */
  public int units() {
    return units;
  }

  float value(int row, int unit) {
    return finite(values[row * units + unit]);
  }

  private static float finite(float value) {
    return Float.isFinite(value) ? value : 0;
  }
}
