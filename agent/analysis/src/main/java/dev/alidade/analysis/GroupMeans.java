package dev.alidade.analysis;

import java.util.Arrays;

/**
 * The mean activation of every unit for every group, over an exponential window: the last 256 or so
 * observations of that group. A profile is such a mean minus the unweighted mean over the groups
 * that have been seen (Krug et al. 2023).
 */
final class GroupMeans {
  private static final double WINDOW = 256;

  private final int units;
  private final int groups;
  private final double[] mean;
  private final double[] weight;
  private final double[] sum;
  private final int[] finite;
  private final int[] count;
  private final float[] profiles;

  GroupMeans(int groups, int units) {
    this.groups = groups;
    this.units = units;
    int cells = Math.multiplyExact(groups, units);
    mean = new double[cells];
    weight = new double[cells];
    sum = new double[cells];
    finite = new int[cells];
    count = new int[groups];
    profiles = new float[cells];
  }

  void clear() {
    Arrays.fill(sum, 0);
    Arrays.fill(finite, 0);
    Arrays.fill(count, 0);
  }

  /** Adds one observation, a row of units; of no group is none of ours. */
  void add(int group, float[] rows, int from, boolean allFinite) {
    if (group < 0) {
      return;
    }
    int cell = group * units;
    if (allFinite) {
      count[group]++;
      addAll(rows, from, sum, cell, units);
      return;
    }
    for (int unit = 0; unit < units; unit++) {
      float value = rows[from + unit];
      if (Float.isFinite(value)) {
        sum[cell + unit] += value;
        finite[cell + unit]++;
      }
    }
  }

  private static void addAll(float[] rows, int from, double[] sum, int cell, int units) {
    for (int unit = 0; unit < units; unit++) {
      sum[cell + unit] += rows[from + unit];
    }
  }

  /** Folds the sample into the windows, and makes the profiles of it. */
  void fold() {
    for (int cell = 0; cell < mean.length; cell++) {
      int n = count[cell / units] + finite[cell];
      if (n > 0) {
        weight[cell] = Math.max(n, Math.min(weight[cell] + n, WINDOW));
        mean[cell] += (sum[cell] / n - mean[cell]) * n / weight[cell];
      }
    }
    for (int unit = 0; unit < units; unit++) {
      center(unit);
    }
  }

  private void center(int unit) {
    double total = 0;
    int seen = 0;
    for (int cell = unit; cell < mean.length; cell += units) {
      total += mean[cell];
      seen += weight[cell] > 0 ? 1 : 0;
    }
    double center = total / Math.max(1, seen);
    for (int cell = unit; cell < mean.length; cell += units) {
      profiles[cell] = weight[cell] > 0 ? (float) (mean[cell] - center) : 0;
    }
  }

  int groups() {
    return groups;
  }

  float[] profiles() {
    return profiles;
  }
}
