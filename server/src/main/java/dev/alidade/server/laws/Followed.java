package dev.alidade.server.laws;

import dev.alidade.analysis.laws.Fit;
import dev.alidade.analysis.laws.Fitted;
import dev.alidade.analysis.laws.Law;
import dev.alidade.analysis.laws.LiveLaw;
import dev.alidade.analysis.laws.Samples;
import org.jspecify.annotations.Nullable;

/**
 * One law of one layer: fitted again whenever there are 1.4 times as many samples, so that a
 * recorded run has the same past forecasts as a live one had, and when somebody asks between these.
 */
final class Followed {
  private static final double GROWTH = 1.4;
  private static final int FIRST = 12;

  final String quantity;
  private final LiveLaw law;

  /** The iteration at each x, averaged as the law's samples are. */
  private final Samples iterations = new Samples();

  private long offered;
  private long next = FIRST;
  private long fittedAt = -1;
  private double lastX = Double.NEGATIVE_INFINITY;
  private double lastIteration;
  private double perIteration = 1;
  private @Nullable Fit fit;

  Followed(String quantity, Law law) {
    this.quantity = quantity;
    this.law = new LiveLaw(law);
  }

  /** Takes a sample, if it is one and comes after the others. */
  void add(double x, double value, long iteration, double xPerIteration) {
    if (!Double.isFinite(value) || !(x > lastX)) {
      return;
    }
    lastX = x;
    lastIteration = (double) iteration;
    perIteration = xPerIteration;
    law.add(x, value);
    iterations.add(x, (double) iteration);
    offered++;
    if (offered >= next) {
      refit();
      next = (long) Math.ceil(offered * GROWTH);
    }
  }

  /** Whether samples came since the last fit. */
  boolean stale() {
    return fittedAt < offered;
  }

  void refit() {
    fit = law.fit();
    fittedAt = offered;
  }

  /** None before there were enough samples. */
  @Nullable Fit fit() {
    return fit;
  }

  @Nullable Fitted fitted() {
    return fit instanceof Fitted fitted ? fitted : null;
  }

  long offered() {
    return offered;
  }

  Samples samples() {
    return law.samples();
  }

  double lastX() {
    return lastX;
  }

  /** The iteration at which so much of x was or will have been seen. */
  double iterationAt(double x) {
    int n = iterations.size();
    if (n == 0 || x >= lastX) {
      return lastIteration + (n == 0 ? 0 : (x - lastX) / perIteration);
    }
    int i = 0;
    while (i < n - 1 && iterations.time(i + 1) < x) {
      i++;
    }
    double left = iterations.time(i);
    double right = i + 1 < n ? iterations.time(i + 1) : lastX;
    double from = iterations.value(i);
    double to = i + 1 < n ? iterations.value(i + 1) : lastIteration;
    return right > left ? from + (to - from) * (x - left) / (right - left) : from;
  }
}
