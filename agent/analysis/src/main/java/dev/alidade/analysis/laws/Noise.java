package dev.alidade.analysis.laws;

/**
 * How the noise of a series depends on its level: not at all, or in proportion.
 *
 * <p>Told from each point's distance to the line through its neighbours, before any law is fitted;
 * the likelier of the two (Gaussian) is taken. A ratio of activations has noise in proportion.
 */
record Noise(boolean proportional, double floor) {
  static Noise of(double[] x, double[] y) {
    double floor = 0.1 * median(y);
    if (!(floor > 0)) {
      return new Noise(false, 0);
    }
    double constant = 0;
    double proportional = 0;
    double logLevels = 0;
    for (int i = 1; i + 1 < y.length; i++) {
      double share = x[i + 1] > x[i - 1] ? (x[i] - x[i - 1]) / (x[i + 1] - x[i - 1]) : 0.5;
      double between = (1 - share) * y[i - 1] + share * y[i + 1];
      double e = y[i] - between;
      double level = Math.max(between, floor);
      constant += e * e;
      proportional += e * e / (level * level);
      logLevels += Math.log(level);
    }
    int n = y.length - 2;
    return new Noise(n * Math.log(constant) > n * Math.log(proportional) + 2 * logLevels, floor);
  }

  /** Standard deviation of the noise at a level, up to a common factor. */
  double size(double level) {
    return proportional ? Math.max(level, floor) : 1;
  }

  private static double median(double[] y) {
    double[] sorted = y.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
