package dev.alidade.analysis.laws;

import java.util.Arrays;

/** A running median over five points, fewer at the ends. */
final class Smooth {
  private Smooth() {}

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
}
