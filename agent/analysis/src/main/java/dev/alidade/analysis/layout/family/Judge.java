package dev.alidade.analysis.layout.family;

import java.util.Arrays;

/**
 * Trustworthiness, continuity and neighbours kept at k = 10 (Venna and Kaski, "Neighborhood
 * preservation in nonlinear projection methods", ICANN 2001, equations 3 and 4). Up to 2,048 units
 * every one is judged, of more as many evenly strided ones as make 512.
 */
final class Judge {
  private static final int K = 10;
  private static final int EXACT = 2048;
  private static final int SAMPLED = 512;

  private Judge() {}

  static FamilyMap.Truth of(Vectors vectors, float[] x, float[] y) {
    int n = vectors.count;
    int k = Math.min(K, (n - 1) / 2);
    if (k < 1) {
      return new FamilyMap.Truth(1, 1, 1);
    }
    float[] near = new float[n];
    float[] seen = new float[n];
    int judged = n <= EXACT ? n : SAMPLED;
    long intruders = 0;
    long lost = 0;
    long common = 0;
    for (int s = 0; s < judged; s++) {
      int i = (int) ((long) s * n / judged);
      vectors.distances(i, 0, n, near);
      for (int j = 0; j < n; j++) {
        seen[j] = (x[j] - x[i]) * (x[j] - x[i]) + (y[j] - y[i]) * (y[j] - y[i]);
      }
      near[i] = Float.MAX_VALUE;
      seen[i] = Float.MAX_VALUE;
      int[] inside = nearest(near, k);
      int[] outside = nearest(seen, k);
      intruders += excess(near, outside, k);
      lost += excess(seen, inside, k);
      common += Arrays.stream(inside).filter(e -> contains(outside, e)).count();
    }
    double norm = 2.0 / ((double) judged * k * (2.0 * n - 3.0 * k - 1));
    return new FamilyMap.Truth(
        (float) (1 - norm * intruders),
        (float) (1 - norm * lost),
        (float) common / ((float) judged * k));
  }

  private static int[] nearest(float[] row, int k) {
    int[] found = new int[k];
    float[] best = new float[k];
    Arrays.fill(best, Float.MAX_VALUE);
    for (int j = 0; j < row.length; j++) {
      if (row[j] < best[k - 1]) {
        int at = k - 1;
        while (at > 0 && best[at - 1] > row[j]) {
          best[at] = best[at - 1];
          found[at] = found[at - 1];
          at--;
        }
        best[at] = row[j];
        found[at] = j;
      }
    }
    return found;
  }

  /** How far the ranks of the given units by {@code row} lie beyond k, summed. */
  private static long excess(float[] row, int[] members, int k) {
    long sum = 0;
    for (int member : members) {
      float d = row[member];
      int before = 0;
      for (float other : row) {
        before += other < d ? 1 : 0;
      }
      sum += Math.max(0, before + 1 - k);
    }
    return sum;
  }

  private static boolean contains(int[] members, int wanted) {
    for (int member : members) {
      if (member == wanted) {
        return true;
      }
    }
    return false;
  }
}
