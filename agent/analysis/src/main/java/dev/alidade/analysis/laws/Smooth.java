package dev.alidade.analysis.laws;

import java.util.Arrays;

/** What a series says before any law is fitted to it. */
final class Smooth {
  private Smooth() {}

  /** A running median over five points, fewer at the ends. */
  static double[] median5(double[] y) {
    double[] out = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      int reach = Math.min(2, Math.min(i, y.length - 1 - i));
      double[] window = Arrays.copyOfRange(y, i - reach, i + reach + 1);
      Arrays.sort(window);
      out[i] = window[reach];
    }
    return out;
  }

  /** Standard deviation of the noise, from each value's distance to the mean of its neighbours. */
  static double noise(double[] y) {
    if (y.length < 3) {
      return 0;
    }
    double[] apart = new double[y.length - 2];
    Arrays.setAll(apart, i -> (y[i + 1] - (y[i] + y[i + 2]) / 2) / Math.sqrt(1.5));
    return Regression.scale(apart);
  }
}
