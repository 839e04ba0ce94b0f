package dev.alidade.analysis.laws;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Residual bootstrap of a fit (Efron 1979): the curve plus residuals drawn with replacement, fitted
 * again, many times. Residuals that follow their neighbours are drawn in blocks (Künsch 1989).
 */
final class Bootstrap {
  /** Replicates per fit: enough for 5 % and 95 %, few enough to be live. */
  static final int REPLICATES = 100;

  /** Share of replicates below and above an interval. */
  static final double TAIL = 0.05;

  final Search.Solution[] replicates = new Search.Solution[REPLICATES];

  /** One draw of standardised noise per replicate: what a new sample would add. */
  final double[] noise = new double[REPLICATES];

  private final double[] pool;
  private final int block;

  Bootstrap(Regression fit, Search.Solution solution, Noise noiseLaw, long seed) {
    double[] curve = fit.fitted(solution);
    pool = pool(fit, solution);
    block = correlation(pool) > 2 / Math.sqrt(pool.length) ? (int) Math.cbrt(pool.length) + 1 : 1;
    var random = new SplittableRandom(seed);
    double[] values = new double[curve.length];
    for (int r = 0; r < REPLICATES; r++) {
      draw(values, random);
      for (int i = 0; i < values.length; i++) {
        values[i] = curve[i] + values[i] / Math.sqrt(fit.priorOf(i));
      }
      replicates[r] = fit.near(solution, values);
      noise[r] = pool[random.nextInt(pool.length)];
    }
    this.noiseLaw = noiseLaw;
  }

  private final Noise noiseLaw;

  /** Standardised residuals: centred, pulled in to 4 σ, widened for the parameters they lost. */
  private static double[] pool(Regression fit, Search.Solution solution) {
    double[] z = fit.standardised(solution, fit.y);
    double bound = 4 * Regression.scale(z);
    int lost = fit.basis.degrees() - 1;
    double widen = Math.sqrt(z.length / (double) Math.max(1, z.length - lost));
    double mean = Arrays.stream(z).average().orElse(0);
    for (int i = 0; i < z.length; i++) {
      z[i] = widen * Math.max(-bound, Math.min(bound, z[i] - mean));
    }
    return z;
  }

  private void draw(double[] out, SplittableRandom random) {
    for (int i = 0; i < out.length; i += block) {
      int start = random.nextInt(pool.length - block + 1);
      for (int j = i; j < Math.min(i + block, out.length); j++) {
        out[j] = pool[start + j - i];
      }
    }
  }

  /** The 90 % interval of a number that can be read off a replicate. */
  Parameter interval(String name, double value, ToDoubleFunction<Search.Solution> reading) {
    double[] sorted = Arrays.stream(replicates).mapToDouble(reading).sorted().toArray();
    return new Parameter(name, value, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  double noiseAt(int replicate, double level) {
    return noise[replicate] * noiseLaw.size(level);
  }

  /** Linear interpolation between order statistics. */
  static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int i = (int) at;
    if (i + 1 >= sorted.length || sorted[i] == sorted[i + 1]) {
      return sorted[Math.min(i, sorted.length - 1)];
    }
    return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
  }

  /** Correlation of neighbouring residuals. */
  static double correlation(double[] z) {
    double own = 0;
    double next = 0;
    for (int i = 0; i < z.length; i++) {
      own += z[i] * z[i];
      next += i > 0 ? z[i] * z[i - 1] : 0;
    }
    return own > 0 ? next / own : 0;
  }
}
