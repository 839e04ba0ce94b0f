package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * The affinities as a sparse matrix over slots, row by row: {@code out} holds p(j|i) / 2 of the
 * units that i names as its neighbours, {@code in} those of the units that name i, for the slots
 * asked for. The symmetric P_ij is the sum of both.
 */
final class Edges {
  final int[] outEnd;
  final int[] outSlot;
  final float[] outWeight;
  final int[] inEnd;
  final int[] inSlot;
  final float[] inWeight;
  private final boolean[] wanted;

  Edges(int units, int most) {
    outEnd = new int[units + 1];
    outSlot = new int[units * most];
    outWeight = new float[units * most];
    inEnd = new int[units + 2];
    inSlot = new int[units * most];
    inWeight = new float[units * most];
    wanted = new boolean[units];
  }

  /** Takes the neighbour lists of the first {@code n} live units over. */
  void connect(int[] live, int n, int[] slot, Neighbours neighbours, Affinities affinities) {
    int at = 0;
    for (int s = 0; s < n; s++) {
      int i = live[s];
      for (int e = 0; e < neighbours.count(i); e++) {
        int t = slot[neighbours.neighbour(i, e)];
        if (t >= 0) {
          outSlot[at] = t;
          outWeight[at++] = affinities.p(i, e) * 0.5f;
        }
      }
      outEnd[s + 1] = at;
    }
  }

  /**
   * Lists who names slots {@code turn}, {@code turn + stride} and so on. Counting sort by target:
   * each row's end is first its beginning, and moves as it is filled.
   */
  void reverse(int n, int turn, int stride) {
    for (int s = 0; s < n; s++) {
      wanted[s] = s % stride == turn;
    }
    int all = outEnd[n];
    Arrays.fill(inEnd, 0, n + 2, 0);
    for (int e = 0; e < all; e++) {
      inEnd[outSlot[e] + 2] += wanted[outSlot[e]] ? 1 : 0;
    }
    for (int s = 0; s < n; s++) {
      inEnd[s + 2] += inEnd[s + 1];
    }
    for (int s = 0; s < n; s++) {
      for (int e = outEnd[s]; e < outEnd[s + 1]; e++) {
        if (wanted[outSlot[e]]) {
          int at = inEnd[outSlot[e] + 1]++;
          inSlot[at] = s;
          inWeight[at] = outWeight[e];
        }
      }
    }
  }
}
