package dev.alidade.analysis.laws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How massive activations emerge: f(t) = A·exp(−λx)·ln x + K with x = γt + t0.
 *
 * <p>A ratio r(t) that rises logarithmically, peaks at {@code tPeak} and decays towards K
 * (Gallego-Feliciano et al. 2025, arXiv 2508.03616). Fitted as e^(−βt)(A1 ln(t + τ0) + A2) + K with
 * β = λγ, τ0 = t0/γ, A1 = A e^(−λ t0), A2 = A1 ln γ, which is linear in A1, A2, K. The peak is
 * where x ln x = 1/λ: x = e^(W(1/λ)), W Lambert's.
 *
 * <p>Abstains unless a peak lies behind the last sample, the law beats a constant, a line and 1 −
 * e^(−t/τ) by 2 in Akaike's criterion, and the bootstrap agrees on where the peak is. K is often
 * unknown long after the peak is known; its interval says so.
 */
public final class EmergenceLaw implements Law {
  /** Below this a rival keeps "substantial support" (Burnham and Anderson 2002, §2.6). */
  static final double MARGIN = 2;

  private static final int LEAST_SAMPLES = 12;
  private static final double WIDEST_PEAK = 0.6;

  /** How far into the series the peak may lie: nearer to its end, noise alone makes peaks. */
  private static final double PASSED = 0.9;

  private static final double HUBER = 1.345;
  private static final int ROUNDS = 4;

  private final long seed;

  /** The law with the seed of its bootstrap fixed at 1. */
  public EmergenceLaw() {
    this(1);
  }

  /** The law with a seed for its bootstrap. */
  public EmergenceLaw(long seed) {
    this.seed = seed;
  }

  @Override
  public String name() {
    return "emergence";
  }

  @Override
  public Fit fit(Samples samples) {
    var series = Series.of(samples);
    if (series.size() < LEAST_SAMPLES) {
      return no(samples, "needs at least %d samples: %d".formatted(LEAST_SAMPLES, series.size()));
    }
    if (series.constant() || !(series.span > samples.time(0))) {
      return no(samples, "all samples are equal");
    }
    var noise = Noise.of(series.x, series.y);
    var fit = new Regression(EmergenceBasis.BASIS, series.x, series.y, prior(series, noise), HUBER);
    return judge(samples, series, noise, fit);
  }

  private Fit judge(Samples samples, Series series, Noise noise, Regression fit) {
    var solution = fit.global(ROUNDS);
    var weights = fit.weights();
    double aic =
        Rivals.aic(fit.rss(solution, weights), series.size(), EmergenceBasis.BASIS.degrees());
    var rivals = Rivals.of(series.x, series.y, weights);
    var best = rivals.stream().min(Comparator.comparingDouble(Rival::aic)).orElseThrow();
    double peak = EmergenceBasis.peak(solution) * series.span;
    double rho = Math.max(0, Bootstrap.correlation(fit.standardised(solution, series.y)));
    double evidence =
        (best.aic() - aic) * (rho > 2 / Math.sqrt(series.size()) ? (1 - rho) / (1 + rho) : 1);
    if (evidence < MARGIN) {
      return no(
          samples,
          "the law must beat %s by %.0f in AIC: %.1f".formatted(best.name(), MARGIN, evidence));
    }
    if (!(peak > samples.time(0) && peak < series.span)) {
      return no(
          samples,
          "the peak must lie between the first and last sample: %.4g is outside %.4g … %.4g"
              .formatted(peak, samples.time(0), series.span));
    }
    var bootstrap = new Bootstrap(fit, solution, noise, seed);
    var interval = bootstrap.interval("tPeak", peak, s -> EmergenceBasis.peak(s) * series.span);
    if (!(interval.high() < PASSED * series.span)
        || interval.high() - interval.low() > WIDEST_PEAK * peak) {
      return no(
          samples,
          "the peak's interval must end before %.4g and be narrower than %.0f %%: %.4g … %.4g"
              .formatted(PASSED * series.span, 100 * WIDEST_PEAK, interval.low(), interval.high()));
    }
    return new Fitted(
        name(),
        samples.offered(),
        samples.time(0),
        series.span,
        parameters(bootstrap, solution, series.span, interval),
        series.r2(fit.fitted(solution)),
        aic,
        rivals,
        new Curve(EmergenceBasis.BASIS, series.span, solution, bootstrap),
        List.of());
  }

  private static double[] prior(Series series, Noise noise) {
    double[] smooth = Smooth.median5(series.y);
    double[] prior = new double[series.size()];
    for (int i = 0; i < prior.length; i++) {
      double size = noise.size(smooth[i]);
      prior[i] = series.weights[i] / (size * size);
    }
    return prior;
  }

  private static List<Parameter> parameters(
      Bootstrap bootstrap, Search.Solution solution, double span, Parameter peak) {
    var out = new ArrayList<Parameter>();
    for (var reading : EmergenceBasis.readings(span).entrySet()) {
      var read = reading.getValue();
      out.add(bootstrap.interval(reading.getKey(), read.applyAsDouble(solution), read));
    }
    out.add(peak);
    return out;
  }

  private Unidentifiable no(Samples samples, String reason) {
    return Unidentifiable.because(name(), samples, reason);
  }
}
