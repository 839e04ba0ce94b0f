package dev.alidade.analysis.layout.family;

import java.util.Arrays;

/** A symmetric weighted graph, row by row: the links of i are start[i], …, start[i + 1] − 1. */
final class Links {
  final int[] start;
  final int[] to;
  final float[] weight;

  private Links(int[] start, int[] to, float[] weight) {
    this.start = start;
    this.to = to;
    this.weight = weight;
  }

  /** How the weights of both directions become one. */
  interface Union {
    float of(float there, float back);
  }

  /** Of directed weights, k for each of n, at the places of {@code nearest}. */
  static Links of(Nearest nearest, float[] directed, Union union) {
    int k = nearest.k;
    int n = directed.length / k;
    int[] start = new int[n + 1];
    for (int pass = 0; ; pass++) {
      int[] to = new int[pass == 0 ? 0 : start[n]];
      float[] weight = new float[to.length];
      int[] at = Arrays.copyOf(start, n);
      for (int e = 0; e < directed.length; e++) {
        int i = e / k;
        int j = nearest.index[e];
        int back = find(nearest, j, i);
        if (back >= 0 && j < i) {
          continue;
        }
        if (pass == 0) {
          start[i + 1]++;
          start[j + 1]++;
        } else {
          float w = union.of(directed[e], back >= 0 ? directed[back] : 0);
          to[at[i]] = j;
          weight[at[i]++] = w;
          to[at[j]] = i;
          weight[at[j]++] = w;
        }
      }
      if (pass == 1) {
        return new Links(start, to, weight);
      }
      for (int i = 0; i < n; i++) {
        start[i + 1] += start[i];
      }
    }
  }

  private static int find(Nearest nearest, int in, int wanted) {
    for (int e = in * nearest.k; e < (in + 1) * nearest.k; e++) {
      if (nearest.index[e] == wanted) {
        return e;
      }
    }
    return -1;
  }

  int units() {
    return start.length - 1;
  }
}
