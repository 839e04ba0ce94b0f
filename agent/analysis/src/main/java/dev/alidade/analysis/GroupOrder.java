package dev.alidade.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * An order of groups in which like ones stand side by side, from their profiles alone. The page
 * orders them by the same rule (test vectors: {@code group-order.json} beside the tests):
 *
 * <ol>
 *   <li>The distance of two groups is 1 - r, r the Pearson correlation of their profiles over the
 *       units that are alive. A profile that is the same for every unit has r = 0 with all.
 *   <li>Groups are joined by average linkage (Sokal &amp; Michener 1958): again and again the two
 *       clusters whose members' mean distance is least become one. Of equal pairs the one with the
 *       smallest group in it wins, then the one whose other cluster has the smaller smallest group.
 *   <li>A cluster is a row. When A and B are joined, A the one with the smallest group, the least
 *       distance between the two ends that touch decides between A B, A B', A' B and A' B' (' is
 *       turned round), in this order when equal.
 *   <li>The whole row is turned round if its last group is smaller than its first.
 * </ol>
 *
 * Distances count as equal within 1e-6. Cost: cubic in the number of groups.
 */
public final class GroupOrder {
  private static final double EQUAL = 1e-6;

  private GroupOrder() {}

  /**
   * @param profiles [groups, units]
   * @param isAlive [units]
   * @return every group once
   */
  public static int[] of(float[] profiles, int groups, int units, boolean[] isAlive) {
    if (profiles.length != groups * units || isAlive.length != units) {
      throw new IllegalArgumentException(
          "profiles must be [groups, units]: %d for %d groups of %d units, %d of them told apart"
              .formatted(profiles.length, groups, units, isAlive.length));
    }
    double[][] distances = distances(profiles, groups, units, isAlive);
    // Sorted by their smallest group, which is what a tie asks for.
    List<int[]> rows = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      rows.add(new int[] {group});
    }
    while (rows.size() > 1) {
      int[] pair = closest(rows, distances);
      int[] second = rows.remove(pair[1]);
      rows.set(pair[0], joined(rows.get(pair[0]), second, distances));
    }
    int[] order = groups == 0 ? new int[0] : rows.get(0);
    return groups > 1 && order[groups - 1] < order[0] ? reversed(order) : order;
  }

  private static double[][] distances(float[] profiles, int groups, int units, boolean[] isAlive) {
    double[][] centred = new double[groups][];
    for (int group = 0; group < groups; group++) {
      centred[group] = unit(profiles, group * units, isAlive);
    }
    double[][] distances = new double[groups][groups];
    for (int a = 0; a < groups; a++) {
      for (int b = 0; b < a; b++) {
        double r = 0;
        for (int u = 0; u < units; u++) {
          r += centred[a][u] * centred[b][u];
        }
        distances[a][b] = 1 - r;
        distances[b][a] = 1 - r;
      }
    }
    return distances;
  }

  /** A profile less its mean, of length one; all zero where it does not vary. */
  private static double[] unit(float[] profiles, int from, boolean[] isAlive) {
    double sum = 0;
    int count = 0;
    for (int u = 0; u < isAlive.length; u++) {
      if (isAlive[u]) {
        sum += profiles[from + u];
        count++;
      }
    }
    double[] row = new double[isAlive.length];
    double squares = 0;
    for (int u = 0; u < row.length; u++) {
      if (isAlive[u]) {
        row[u] = profiles[from + u] - sum / count;
        squares += row[u] * row[u];
      }
    }
    double norm = Math.sqrt(squares);
    for (int u = 0; u < row.length; u++) {
      row[u] = norm > 1e-12 ? row[u] / norm : 0;
    }
    return row;
  }

  private static int[] closest(List<int[]> rows, double[][] distances) {
    int[] best = {0, 1};
    double least = Double.POSITIVE_INFINITY;
    for (int a = 0; a < rows.size(); a++) {
      for (int b = a + 1; b < rows.size(); b++) {
        double distance = mean(rows.get(a), rows.get(b), distances);
        if (distance < least - EQUAL) {
          least = distance;
          best = new int[] {a, b};
        }
      }
    }
    return best;
  }

  private static double mean(int[] a, int[] b, double[][] distances) {
    double sum = 0;
    for (int i : a) {
      for (int j : b) {
        sum += distances[i][j];
      }
    }
    return sum / ((double) a.length * b.length);
  }

  private static int[] joined(int[] a, int[] b, double[][] distances) {
    int[] turnedA = reversed(a);
    int[] turnedB = reversed(b);
    int[][] firsts = {a, a, turnedA, turnedA};
    int[][] seconds = {b, turnedB, b, turnedB};
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 4; i++) {
      double distance = distances[firsts[i][a.length - 1]][seconds[i][0]];
      if (distance < least - EQUAL) {
        least = distance;
        best = i;
      }
    }
    int[] row = new int[a.length + b.length];
    System.arraycopy(firsts[best], 0, row, 0, a.length);
    System.arraycopy(seconds[best], 0, row, a.length, b.length);
    return row;
  }

  private static int[] reversed(int[] row) {
    int[] turned = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      turned[i] = row[row.length - 1 - i];
    }
    return turned;
  }
}
