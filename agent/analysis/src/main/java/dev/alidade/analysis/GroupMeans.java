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
  private final double[] center;
  private final int[] seen;
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
    center = new double[units];
    seen = new int[units];
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
    Arrays.fill(center, 0);
    Arrays.fill(seen, 0);
    for (int group = 0; group < groups; group++) {
      fold(group);
    }
    for (int group = 0; group < groups; group++) {
      int cell = group * units;
      for (int unit = 0; unit < units; unit++) {
        boolean known = weight[cell + unit] > 0;
        profiles[cell + unit] = known ? (float) (mean[cell + unit] - center[unit] / seen[unit]) : 0;
      }
    }
  }

  private void fold(int group) {
    for (int unit = 0; unit < units; unit++) {
      int cell = group * units + unit;
      int n = count[group] + finite[cell];
      if (n > 0) {
        weight[cell] = Math.max(n, Math.min(weight[cell] + n, WINDOW));
        mean[cell] += (sum[cell] / n - mean[cell]) * (n / weight[cell]);
      }
      center[unit] += mean[cell];
      seen[unit] += weight[cell] > 0 ? 1 : 0;
    }
  }

  int groups() {
    return groups;
  }

  float[] profiles() {
    return profiles;
  }
}
