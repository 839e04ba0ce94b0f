package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Direction;
import dev.alidade.watch.rule.Moment;

/**
 * Distance from a learned baseline. While it holds nothing is learned; after two windows of it the
 * baseline is learned anew, for then it is the usual.
 */
final class DeviationJudge implements Judge {
  private final Condition.Deviation condition;
  private final Baseline baseline;
  private int held;
  private double limit = Double.NaN;

  DeviationJudge(Condition.Deviation condition) {
    this.condition = condition;
    baseline = new Baseline(condition.window());
  }

  @Override
  public Verdict see(Moment now, double value) {
    if (baseline.size() < condition.window()) {
      learn(value);
      return Verdict.UNKNOWN;
    }
    double median = baseline.median();
    double allowed = condition.mads() * baseline.spread();
    double moved = value - median;
    limit =
        condition.direction() == Direction.DOWN
                || (condition.direction() == Direction.BOTH && moved < 0)
            ? median - allowed
            : median + allowed;
    double distance =
        switch (condition.direction()) {
          case UP -> moved;
          case DOWN -> -moved;
          case BOTH -> Math.abs(moved);
        };
    if (distance > allowed) {
      if (++held > 2 * condition.window()) {
        baseline.clear();
        held = 0;
        return Verdict.OVER;
      }
      return Verdict.HOLDS;
    }
    held = 0;
    learn(value);
    return distance > allowed / 2 ? Verdict.BETWEEN : Verdict.OVER;
  }

  private void learn(double value) {
    if (Double.isFinite(value)) {
      baseline.add(value);
    }
  }

  @Override
  public double limit() {
    return limit;
  }
}
