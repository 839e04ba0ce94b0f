package dev.alidade.analysis;

import java.util.Arrays;

/**
 * The mean activation of every unit for every group, over an exponential window: the last 256 or so
 * observations of that group. A profile is such a mean minus the unweighted mean over the groups
 * that have been seen (Krug et al. 2023).
 */
final class GroupMeans {
  private static final double WINDOW = 256;
  private static final int BLOCK = 32;

  private final int units;
  private final int groups;

  /** Sums of this sample: of a block of observations, and of all before it. */
  private final float[][] block;

  private final double[][] sum;
  private final int[] count;

  /** NaN where there has been none yet. */
  private final float[][] mean;

  /** Groups without a NaN among their means: their loops need no branch and are vectorised. */
  private final boolean[] whole;

  private final double[] weight;
  private final float[] center;
  private final float[] seen;
  private final float[] profiles;

  /** Of samples with values too large, too small or not finite; made when there is one. */
  private double[] exactSum = {};

  private int[] exactCount = {};

  GroupMeans(int groups, int units) {
    this.groups = groups;
    this.units = units;
    block = new float[groups][units];
    sum = new double[groups][units];
    mean = new float[groups][units];
    for (float[] row : mean) {
      Arrays.fill(row, Float.NaN);
    }
    whole = new boolean[groups];
    count = new int[groups];
    weight = new double[groups];
    center = new float[units];
    seen = new float[units];
    profiles = new float[Math.multiplyExact(groups, units)];
  }

  /** Adds one observation, a row of units, to its group; -1 is none of ours. */
  void add(int group, float[] row, boolean ordinary) {
    if (group < 0) {
      return;
    }
    if (!ordinary) {
      addExact(group, row);
    } else {
      addTo(block[group], row);
      if (count[group] % BLOCK == BLOCK - 1) {
        flush(group);
      }
    }
    count[group]++;
  }

  private static void addTo(float[] sum, float[] row) {
    for (int unit = 0; unit < sum.length; unit++) {
      sum[unit] += row[unit];
    }
  }

  private void flush(int group) {
    for (int unit = 0; unit < units; unit++) {
      sum[group][unit] += block[group][unit];
    }
    Arrays.fill(block[group], 0);
  }

  private void addExact(int group, float[] row) {
    if (exactSum.length == 0) {
      exactSum = new double[groups * units];
      exactCount = new int[groups * units];
    }
    for (int unit = 0; unit < units; unit++) {
      if (Float.isFinite(row[unit])) {
        exactSum[group * units + unit] += row[unit];
        exactCount[group * units + unit]++;
      }
    }
  }

  /** Folds the sample into the windows, and makes the profiles of it. */
  void fold(boolean ordinary) {
    int known = 0;
    boolean allWhole = true;
    for (int group = 0; group < groups; group++) {
      if (count[group] > 0) {
        foldGroup(group, ordinary);
      }
      if (weight[group] > 0) {
        known++;
        allWhole &= whole[group];
      }
    }
    Arrays.fill(center, 0);
    if (allWhole) {
      tellWhole(known);
    } else {
      tellAny();
    }
  }

  private void tellWhole(int known) {
    for (int group = 0; group < groups; group++) {
      if (weight[group] > 0) {
        addTo(center, mean[group]);
      }
    }
    divide(center, Math.max(1, known));
    for (int group = 0; group < groups; group++) {
      int from = group * units;
      if (weight[group] > 0) {
        subtract(mean[group], center, seen);
        System.arraycopy(seen, 0, profiles, from, units);
      } else {
        Arrays.fill(profiles, from, from + units, 0);
      }
    }
  }

  private static void divide(float[] values, float by) {
    for (int unit = 0; unit < values.length; unit++) {
      values[unit] /= by;
    }
  }

  private static void subtract(float[] from, float[] values, float[] difference) {
    for (int unit = 0; unit < difference.length; unit++) {
      difference[unit] = from[unit] - values[unit];
    }
  }

  private void tellAny() {
    Arrays.fill(seen, 0);
    for (int group = 0; group < groups; group++) {
      if (weight[group] > 0) {
        addKnown(mean[group], center, seen);
      }
    }
    for (int unit = 0; unit < units; unit++) {
      center[unit] /= Math.max(1, seen[unit]);
    }
    for (int group = 0; group < groups; group++) {
      tell(group);
    }
  }

  private void foldGroup(int group, boolean ordinary) {
    int n = count[group];
    boolean first = weight[group] == 0;
    weight[group] = Math.max(n, Math.min(weight[group] + n, WINDOW));
    float share = (float) (n / weight[group]);
    count[group] = 0;
    if (!ordinary) {
      foldExact(group, share);
      return;
    }
    if (first) {
      Arrays.fill(mean[group], 0);
      whole[group] = true;
    }
    if (n < BLOCK && whole[group]) {
      mix(mean[group], block[group], n, share);
      Arrays.fill(block[group], 0);
      return;
    }
    flush(group);
    mix(mean[group], sum[group], 1.0 / n, share);
    Arrays.fill(sum[group], 0);
  }

  /** Of a group that has been summed in floats only, and has no NaN. */
  private static void mix(float[] mean, float[] sum, float count, float share) {
    for (int unit = 0; unit < mean.length; unit++) {
      mean[unit] += (sum[unit] / count - mean[unit]) * share;
    }
  }

  /** A NaN is a unit that has not been finite so far: it takes the first mean as it is. */
  private static void mix(float[] mean, double[] sum, double scale, float share) {
    for (int unit = 0; unit < mean.length; unit++) {
      float now = (float) (sum[unit] * scale);
      float before = mean[unit];
      mean[unit] = Float.isNaN(before) ? now : before + (now - before) * share;
    }
  }

  private void foldExact(int group, float share) {
    for (int unit = 0; unit < units; unit++) {
      int cell = group * units + unit;
      if (exactCount[cell] > 0) {
        double now = exactSum[cell] / exactCount[cell];
        double before = mean[group][unit];
        mean[group][unit] = (float) (Double.isNaN(before) ? now : before + (now - before) * share);
        exactSum[cell] = 0;
        exactCount[cell] = 0;
      }
    }
  }

  private static void addKnown(float[] mean, float[] center, float[] seen) {
    for (int unit = 0; unit < mean.length; unit++) {
      if (!Float.isNaN(mean[unit])) {
        center[unit] += mean[unit];
        seen[unit]++;
      }
    }
  }

  private void tell(int group) {
    for (int unit = 0; unit < units; unit++) {
      float profile = mean[group][unit] - center[unit];
      profiles[group * units + unit] = Float.isNaN(profile) ? 0 : profile;
    }
  }

  int groups() {
    return groups;
  }

  float[] profiles() {
    return profiles;
  }
}
