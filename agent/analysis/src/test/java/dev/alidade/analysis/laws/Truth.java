package dev.alidade.analysis.laws;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Series whose law is known, with noise of a fixed seed. */
final class Truth {
  /** The emergence law's reference: spec/quantities B, t in thousands of steps. */
  static final double PEAK = 32.1601415;

  private Truth() {}

  static double emergence(double t) {
    double x = t / 20 + 1;
    return 100 * Math.exp(-0.4 * x) * Math.log(x) + 10;
  }

  static Samples even(int n, double from, double to, DoubleUnaryOperator f) {
    return noisy(n, from, to, f, 0, 0, 0);
  }

  /** Gaussian noise of two kinds: a share of the value, and a fixed size. */
  static Samples noisy(
      int n, double from, double to, DoubleUnaryOperator f, double share, double size, long seed) {
    var random = new Random(seed);
    var samples = new Samples();
    for (int i = 0; i < n; i++) {
      double t = from + (to - from) * i / (n - 1);
      double value = f.applyAsDouble(t);
      samples.add(t, value + (share * value + size) * random.nextGaussian());
    }
    return samples;
  }
}
