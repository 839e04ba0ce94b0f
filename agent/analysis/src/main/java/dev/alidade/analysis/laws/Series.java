package dev.alidade.analysis.laws;

import java.util.Arrays;

/**
 * Samples as arrays, with t divided by the last t. Package-private and handed over, never shared.
 */
final class Series {
  final double span;
  final double[] x;
  final double[] y;
  final double[] weights;

  private Series(double span, double[] x, double[] y, double[] weights) {
    this.span = span;
    this.x = x;
    this.y = y;
    this.weights = weights;
  }

  static Series of(Samples samples) {
    int n = samples.size();
    double span = n == 0 ? 1 : samples.time(n - 1);
    double[] x = new double[n];
    double[] y = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = samples.time(i) / span;
      y[i] = samples.value(i);
      weights[i] = samples.weight(i);
    }
    return new Series(span, x, y, weights);
  }

  /** The points from index i on. */
  Series from(int i) {
    return new Series(
        span,
        Arrays.copyOfRange(x, i, x.length),
        Arrays.copyOfRange(y, i, y.length),
        Arrays.copyOfRange(weights, i, weights.length));
  }

  int size() {
    return x.length;
  }

  boolean constant() {
    return Arrays.stream(y).allMatch(v -> v == y[0]);
  }

  double r2(double[] fitted) {
    double mean = Arrays.stream(y).average().orElse(0);
    double rest = 0;
    double all = 0;
    for (int i = 0; i < y.length; i++) {
      rest += (y[i] - fitted[i]) * (y[i] - fitted[i]);
      all += (y[i] - mean) * (y[i] - mean);
    }
    return 1 - rest / all;
  }
}
