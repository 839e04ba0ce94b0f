package dev.alidade.analysis.layout.family;

import java.util.Arrays;

/**
 * The k nearest of each unit, exactly, nearest first. All pairs are looked at, a block of units at
 * a time so that the block stays in the cache: units² x rows multiplications, and memory for the
 * lists alone.
 */
final class Nearest {
  private static final int BLOCK = 1024;

  final int k;
  final int[] index;
  final float[] distance;

  private Nearest(int n, int k) {
    this.k = k;
    index = new int[n * k];
    distance = new float[n * k];
    Arrays.fill(distance, Float.MAX_VALUE);
  }

  static Nearest of(Vectors vectors, int k, Work work) {
    int n = vectors.count;
    Nearest nearest = new Nearest(n, Math.min(k, n - 1));
    float[] row = new float[Math.min(BLOCK, n)];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      for (int i = 0; i < n; i++) {
        if ((i & 255) == 0) {
          work.goesOn();
        }
        vectors.distances(i, from, to, row);
        nearest.offer(i, from, to, row);
      }
    }
    return nearest;
  }

  private void offer(int i, int from, int to, float[] row) {
    int base = i * k;
    int last = base + k - 1;
    for (int j = from; j < to; j++) {
      float d = row[j - from];
      if (d < distance[last] && j != i) {
        int at = last;
        while (at > base && distance[at - 1] > d) {
          distance[at] = distance[at - 1];
          index[at] = index[at - 1];
          at--;
        }
        distance[at] = d;
        index[at] = j;
      }
    }
  }
}
