package dev.alidade.analysis.laws;

import static dev.alidade.analysis.laws.Search.EXACT;

import java.util.Arrays;

/**
 * A robust fit of one law to one series: Huber's loss by iteratively reweighted least squares
 * around {@link Search}.
 */
final class Regression {
  private static final double NORMAL = 1.4826; // median |z| to standard deviation, Gaussian

  final Basis basis;
  final double[] x;
  final double[] y;
  private final double[] prior;
  private final double[] weights;
  private final double huber;
  private final Search search;

  /**
   * Prepares a fit.
   *
   * @param prior weight of each point by what is known of its noise
   * @param huber where the loss turns from square to absolute, in standard deviations
   */
  Regression(Basis basis, double[] x, double[] y, double[] prior, double huber) {
    this.basis = basis;
    this.x = x;
    this.y = y;
    this.prior = prior;
    this.huber = huber;
    weights = prior.clone();
    search = new Search(basis, x, prior);
  }

  /** The best fit in the whole box. */
  Search.Solution global(int rounds) {
    Arrays.setAll(weights, i -> prior[i]);
    search.weigh(weights);
    return reweighted(search.global(y), y, rounds, 30);
  }

  /**
   * The least-squares fit of other values near a solution, for replicates: their residuals have
   * been pulled in already, and digits beyond the noise say nothing.
   */
  Search.Solution near(Search.Solution start, double[] values) {
    search.weigh(prior);
    return search.refine(start.shape(), values, 12, 1e-5);
  }

  /** The solution with its sum of squares under the last weights. */
  Search.Solution refitted(Search.Solution solution) {
    return search.refine(solution.shape(), y, 30, EXACT);
  }

  private Search.Solution reweighted(
      Search.Solution first, double[] values, int rounds, int steps) {
    var solution = first;
    for (int round = 0; round < rounds; round++) {
      double[] z = standardised(solution, values);
      double scale = scale(z);
      if (!(scale > 1e-13 * largest(values))) {
        return solution;
      }
      for (int i = 0; i < z.length; i++) {
        weights[i] = prior[i] * Math.min(1, huber * scale / Math.max(Math.abs(z[i]), 1e-300));
      }
      search.weigh(weights);
      solution = search.refine(solution.shape(), values, steps, EXACT);
    }
    return solution;
  }

  /** Weights of the last fit: what is known of the noise, times Huber's. */
  double[] weights() {
    return weights.clone();
  }

  /** Residuals in units of the noise, so that all of them have one variance. */
  double[] standardised(Search.Solution solution, double[] values) {
    double[] z = fitted(solution);
    for (int i = 0; i < z.length; i++) {
      z[i] = (values[i] - z[i]) * Math.sqrt(prior[i]);
    }
    return z;
  }

  double[] fitted(Search.Solution solution) {
    double[] out = new double[x.length];
    Arrays.setAll(out, i -> basis.value(solution, x[i]));
    return out;
  }

  double rss(Search.Solution solution, double[] weighting) {
    double[] curve = fitted(solution);
    double rss = 0;
    for (int i = 0; i < curve.length; i++) {
      rss += weighting[i] * (y[i] - curve[i]) * (y[i] - curve[i]);
    }
    return rss;
  }

  double priorOf(int i) {
    return prior[i];
  }

  /** Standard deviation by the median: blind to outliers. */
  static double scale(double[] z) {
    double[] size = new double[z.length];
    Arrays.setAll(size, i -> Math.abs(z[i]));
    Arrays.sort(size);
    return NORMAL * size[size.length / 2];
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
