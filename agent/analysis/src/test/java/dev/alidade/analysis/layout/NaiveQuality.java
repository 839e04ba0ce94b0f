package dev.alidade.analysis.layout;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Trustworthiness, continuity and neighbours kept, straight from their definitions, by sorting. */
record NaiveQuality(double trustworthiness, double continuity, double kept) {
  static NaiveQuality of(float[] observations, int rows, int units, float[] positions, int k) {
    double[][] distance = new double[units][units];
    double[][] seen = new double[units][units];
    for (int i = 0; i < units; i++) {
      for (int j = 0; j < units; j++) {
        distance[i][j] = i == j ? -1 : 1 - cosine(observations, rows, units, i, j);
        seen[i][j] =
            i == j
                ? -1
                : Math.hypot(
                    positions[2 * i] - positions[2 * j],
                    positions[2 * i + 1] - positions[2 * j + 1]);
      }
    }
    double intruders = 0;
    double lost = 0;
    double common = 0;
    for (int i = 0; i < units; i++) {
      List<Integer> true0 = order(distance[i]);
      List<Integer> shown = order(seen[i]);
      for (int rank = 1; rank <= k; rank++) {
        intruders += Math.max(0, true0.indexOf(shown.get(rank)) - k);
        lost += Math.max(0, shown.indexOf(true0.get(rank)) - k);
        common += true0.subList(1, k + 1).contains(shown.get(rank)) ? 1 : 0;
      }
    }
    double norm = 2.0 / (units * k * (2.0 * units - 3 * k - 1));
    return new NaiveQuality(1 - norm * intruders, 1 - norm * lost, common / (units * k));
  }

  /** The unit itself first (distance −1), then by distance. */
  private static List<Integer> order(double[] distance) {
    return IntStream.range(0, distance.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> distance[j]))
        .toList();
  }

  static double cosine(float[] v, int rows, int units, int i, int j) {
    double ij = 0;
    double ii = 0;
    double jj = 0;
    for (int r = 0; r < rows; r++) {
      double a = v[r * units + i];
      double b = v[r * units + j];
      ij += a * b;
      ii += a * a;
      jj += b * b;
    }
    return ii > 0 && jj > 0 ? ij / Math.sqrt(ii * jj) : 0;
  }
}
