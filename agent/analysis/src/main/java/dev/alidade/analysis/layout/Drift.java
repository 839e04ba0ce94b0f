package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * Drift: 1 minus Spearman's rank correlation of the distances of a fixed set of pairs of units with
 * those of the last tick. All pairs when there are few, else evenly hashed ones.
 */
final class Drift {
  private static final float TREND_EASE = 0.5f;

  /** Correlation that fresh batches alone reach now and then. */
  private static final float CHANCE = 0.25f;

  private final int[] first;
  private final int[] second;
  private final float[] distance;
  private final float[] previous;
  private final float[] rank;
  private final float[] previousRank;
  private final float[] nowPacked;
  private final float[] thenPacked;
  private final long[] order;
  private final float[] change;
  private boolean measured;
  private float trend;
  private float value;

  Drift(int units, int most) {
    long all = (long) units * (units - 1) / 2;
    int pairs = (int) Math.min(most, all);
    first = new int[pairs];
    second = new int[pairs];
    distance = new float[pairs];
    previous = new float[pairs];
    rank = new float[pairs];
    previousRank = new float[pairs];
    nowPacked = new float[pairs];
    thenPacked = new float[pairs];
    order = new long[pairs];
    change = new float[pairs];
    Arrays.fill(previous, -1);
    choose(units, pairs, all);
  }

  private void choose(int units, int pairs, long all) {
    if (pairs == all) {
      int p = 0;
      for (int i = 0; i < units; i++) {
        for (int j = i + 1; j < units; j++) {
          first[p] = i;
          second[p++] = j;
        }
      }
      return;
    }
    for (int p = 0; p < pairs; p++) {
      int i = (int) ((long) p * units / pairs);
      int j = (int) ((Start.hash(p, 5) + 1) * 0.5 * (units - 1));
      first[p] = i;
      second[p] = j < i ? j : Math.min(j + 1, units - 1);
    }
  }

  void measure(Likeness likeness, boolean[] alive) {
    int n = 0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int p = 0; p < first.length; p++) {
      boolean both = alive[first[p]] && alive[second[p]] && first[p] != second[p];
      distance[p] = both ? likeness.distance(first[p], second[p]) : -1;
      if (both && previous[p] >= 0) {
        nowPacked[n] = distance[p];
        thenPacked[n++] = previous[p];
        float moved = distance[p] - previous[p];
        xy += (double) moved * change[p];
        xx += (double) moved * moved;
        yy += (double) change[p] * change[p];
        change[p] = moved;
      }
    }
    float now = xx > 0 && yy > 0 ? (float) (xy / Math.sqrt(xx * yy)) : 0;
    trend += TREND_EASE * (now - trend);
    value = measured && n > 2 ? 1 - spearman(n) : 0;
    System.arraycopy(distance, 0, previous, 0, distance.length);
    measured = true;
  }

  private float spearman(int n) {
    boolean same = Arrays.equals(nowPacked, 0, n, thenPacked, 0, n);
    if (same) {
      return 1;
    }
    rank(nowPacked, n, rank);
    rank(thenPacked, n, previousRank);
    double mean = (n - 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int p = 0; p < n; p++) {
      double a = rank[p] - mean;
      double b = previousRank[p] - mean;
      xy += a * b;
      xx += a * a;
      yy += b * b;
    }
    return xx > 0 && yy > 0 ? (float) (xy / Math.sqrt(xx * yy)) : 1;
  }

  /** Ranks from 0, equal values sharing their mean rank; distances are not negative. */
  private void rank(float[] values, int n, float[] out) {
    for (int p = 0; p < n; p++) {
      order[p] = ((long) Float.floatToRawIntBits(values[p]) << 32) | p;
    }
    Arrays.sort(order, 0, n);
    int from = 0;
    while (from < n) {
      int to = from + 1;
      while (to < n && order[to] >>> 32 == order[from] >>> 32) {
        to++;
      }
      float shared = (from + to - 1) / 2f;
      for (int p = from; p < to; p++) {
        out[(int) order[p]] = shared;
      }
      from = to;
    }
  }

  /**
   * Correlation of the distances' changes in successive ticks, eased: near 1 when the network moves
   * on, about 0 when the changes are the noise of fresh batches.
   */
  float trend() {
    return Math.max(0, trend - CHANCE) / (1 - CHANCE);
  }

  float value() {
    return value;
  }
}
