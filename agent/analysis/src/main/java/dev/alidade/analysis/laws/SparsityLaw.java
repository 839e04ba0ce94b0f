package dev.alidade.analysis.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the activation ratio moves with the data D seen (Luo et al. 2024, Sparsing Law): falling as
 * exp(−c·D^α + b) + A0 with ReLU, rising as −c·D^(−α) + A0 with smooth activations.
 *
 * <p>Values are ratios in 0 … 1; D is in any unit (the paper's is 10⁹ tokens). The fit is close to
 * least absolute deviations. The first samples, while the ratio still moves against the law, are
 * left out as warm-up. Several (α, b, c, A0) fit equally well, so A0 is told as an interval, never
 * as a point.
 */
public final class SparsityLaw implements Law {
  /** Which way the ratio goes. */
  public enum Direction {
    FALLING,
    RISING,
    /** Picked by the sign of Kendall's rank correlation. */
    EITHER
  }

  private static final int LEAST_SAMPLES = 6;
  private static final double HUBER = 0.1;
  private static final double EFFICIENT = 1.345;
  private static final int SMOOTH_ROUNDS = 4;
  private static final int ROUNDS = 25;

  /**
   * Two numbers of the law are free to chase noise that a constant cannot; 10 leaves it no support.
   */
  private static final double MARGIN = 10;

  private static final Noise EVEN = new Noise(false, 0);

  private final Direction direction;
  private final double warmUp;
  private final long seed;

  /** The law in that direction; the warm-up is found, the bootstrap's seed is 1. */
  public SparsityLaw(Direction direction) {
    this(direction, 0, 1);
  }

  /**
   * The law in that direction.
   *
   * @param warmUp samples up to this D are left out whatever they show
   */
  public SparsityLaw(Direction direction, double warmUp, long seed) {
    if (!(warmUp >= 0)) {
      throw new IllegalArgumentException("warmUp must be at least 0: " + warmUp);
    }
    this.direction = direction;
    this.warmUp = warmUp;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "sparsity";
  }

  @Override
  public Fit fit(Samples samples) {
    var all = Series.of(samples);
    boolean rising = direction == Direction.RISING || (direction == Direction.EITHER && rises(all));
    var series = all.from(start(all, rising));
    if (series.size() < LEAST_SAMPLES) {
      return no(
          samples,
          "needs at least %d samples after the warm-up: %d"
              .formatted(LEAST_SAMPLES, series.size()));
    }
    if (series.constant()) {
      return no(samples, "all samples are equal");
    }
    var basis = rising ? SparsityBasis.RISING : SparsityBasis.FALLING;
    return judge(samples, series, basis);
  }

  private Fit judge(Samples samples, Series series, Basis basis) {
    var smooth = new Regression(basis, series.x, series.y, series.weights, EFFICIENT);
    var centre = smooth.global(SMOOTH_ROUNDS);
    if (!(centre.coefficients()[0] > 0)) {
      return no(samples, "the ratio must move in the law's direction: it does not");
    }
    var weights = smooth.weights();
    double aic = Rivals.aic(smooth.rss(centre, weights), series.size(), basis.degrees());
    var rivals = Rivals.of(series.x, series.y, weights);
    double evidence = rivals.get(0).aic() - aic;
    if (evidence < MARGIN) {
      return no(
          samples,
          "the law must beat a %s by %.0f in AIC: %.1f"
              .formatted(rivals.get(0).name(), MARGIN, evidence));
    }
    var limit = limit(smooth, smooth.refitted(centre));
    var bootstrap = new Bootstrap(smooth, centre, EVEN, seed);
    var point = new Regression(basis, series.x, series.y, series.weights, HUBER);
    var solution = point.global(ROUNDS);
    return new Fitted(
        name(),
        samples.offered(),
        series.x[0] * series.span,
        series.span,
        parameters(basis, bootstrap, solution, series.span, limit),
        series.r2(point.fitted(solution)),
        aic,
        rivals,
        new Curve(basis, series.span, solution, bootstrap, limit.low, limit.high),
        List.of());
  }

  /** A0 lies beyond every sample, and within 0 … 1. */
  private static Profile limit(Regression fit, Search.Solution centre) {
    double least = Arrays.stream(fit.y).min().orElse(0);
    double most = Arrays.stream(fit.y).max().orElse(1);
    return fit.basis == SparsityBasis.RISING
        ? new Profile(fit, centre, 1, Math.min(least, 1), 1)
        : new Profile(fit, centre, 1, 0, Math.max(most, 0));
  }

  private static List<Parameter> parameters(
      Basis basis, Bootstrap bootstrap, Search.Solution solution, double span, Profile limit) {
    var out = new ArrayList<Parameter>();
    out.add(bootstrap.interval("alpha", alpha(solution), SparsityLaw::alpha));
    if (basis == SparsityBasis.FALLING) {
      out.add(bootstrap.interval("c", c(solution, span), s -> c(s, span)));
      out.add(bootstrap.interval("b", b(solution), SparsityLaw::b));
    } else {
      out.add(bootstrap.interval("c", scale(solution, span), s -> scale(s, span)));
    }
    var drawn = bootstrap.interval("A0", Double.NaN, SparsityBasis::limit);
    out.add(
        new Parameter(
            "A0",
            Double.NaN,
            Math.min(drawn.low(), limit.lowValue()),
            Math.max(drawn.high(), limit.highValue())));
    return out;
  }

  private static double alpha(Search.Solution s) {
    return Math.exp(s.shape()[0]);
  }

  private static double c(Search.Solution s, double span) {
    return Math.exp(s.shape()[1]) * Math.pow(span, -alpha(s));
  }

  private static double b(Search.Solution s) {
    return Math.log(s.coefficients()[0]) + Math.exp(s.shape()[1]);
  }

  private static double scale(Search.Solution s, double span) {
    return s.coefficients()[0] * Math.pow(span, alpha(s));
  }

  /** The first point of the law: after D = 0, the given warm-up, and any move against the law. */
  private int start(Series series, boolean rising) {
    double[] smooth = Smooth.median5(series.y);
    int first = 0;
    while (first < series.size() && !(series.x[first] * series.span > warmUp)) {
      first++;
    }
    int best = first;
    for (int i = first; i < first + (series.size() - first) / 2; i++) {
      if (rising ? smooth[i] < smooth[best] : smooth[i] > smooth[best]) {
        best = i;
      }
    }
    double against = Math.abs(series.size() > first ? smooth[best] - smooth[first] : 0);
    return against > 3 * Smooth.noise(series.y) ? best : first;
  }

  private static boolean rises(Series series) {
    long sign = 0;
    for (int i = 0; i < series.size(); i++) {
      for (int j = 0; j < i; j++) {
        sign += (long) Math.signum(series.y[i] - series.y[j]);
      }
    }
    return sign > 0;
  }

  private Unidentifiable no(Samples samples, String reason) {
    return Unidentifiable.because(name(), samples, reason);
  }
}
