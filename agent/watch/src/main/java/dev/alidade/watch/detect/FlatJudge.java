package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Moment;

/** No movement: the first and the last third of a full window have about the same mean. */
final class FlatJudge implements Judge {
  private static final int LEAST = 9;

  private final Condition.Flat condition;
  private final Trail trail;
  private double limit = Double.NaN;

  FlatJudge(Condition.Flat condition) {
    this.condition = condition;
    trail = new Trail(condition.within());
  }

  @Override
  public Verdict see(Moment now, double value) {
    if (!Double.isFinite(value)) {
      return Verdict.OVER;
    }
    trail.add(now, value);
    if (trail.size() < LEAST || trail.filled(now) < 0.9) {
      return Verdict.UNKNOWN;
    }
    double early = trail.early();
    limit = early;
    boolean flat =
        Math.abs(trail.late() - early) <= condition.tolerance() * Math.max(Math.abs(early), 1e-12);
    return flat ? Verdict.HOLDS : Verdict.OVER;
  }

  @Override
  public double limit() {
    return limit;
  }
}
