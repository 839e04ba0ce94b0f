package dev.alidade.analysis.laws;

import java.util.Arrays;

/** A fitted curve with the curves of its bootstrap replicates. Immutable; safe between threads. */
public final class Curve {
  private final Basis basis;
  private final double span;
  private final Search.Solution solution;
  private final Bootstrap bootstrap;
  private final Search.Solution[] extremes;

  Curve(
      Basis basis,
      double span,
      Search.Solution solution,
      Bootstrap bootstrap,
      Search.Solution... extremes) {
    this.extremes = extremes.clone();
    this.basis = basis;
    this.span = span;
    this.solution = solution;
    this.bootstrap = bootstrap;
  }

  /** The curve at t, in the unit of the samples' t. */
  public double at(double t) {
    return value(solution, t);
  }

  /** The curve at t with the band in which a sample should lie 9 times in 10. */
  public Forecast forecast(double t) {
    double[] values = new double[bootstrap.replicates.length];
    for (int r = 0; r < values.length; r++) {
      double level = value(bootstrap.replicates[r], t);
      values[r] = level + bootstrap.noiseAt(r, level);
    }
    Arrays.sort(values);
    double low = Bootstrap.quantile(values, Bootstrap.TAIL);
    double high = Bootstrap.quantile(values, 1 - Bootstrap.TAIL);
    for (var extreme : extremes) {
      low = Math.min(low, value(extreme, t));
      high = Math.max(high, value(extreme, t));
    }
    return new Forecast(t, at(t), low, high);
  }

  private double value(Search.Solution s, double t) {
    return basis.value(s, t / span);
  }
}
