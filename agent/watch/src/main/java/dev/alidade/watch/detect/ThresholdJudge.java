package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Moment;

/** Bounds with hysteresis. Comparisons with a NaN bound are false: there is none. */
final class ThresholdJudge implements Judge {
  private final Condition.Threshold condition;
  private double limit = Double.NaN;

  ThresholdJudge(Condition.Threshold condition) {
    this.condition = condition;
    limit = Double.isNaN(condition.high()) ? condition.low() : condition.high();
  }

  @Override
  public Verdict see(Moment now, double value) {
    if (value > condition.high()) {
      limit = condition.high();
      return Verdict.HOLDS;
    }
    if (value < condition.low()) {
      limit = condition.low();
      return Verdict.HOLDS;
    }
    boolean between = value > condition.clearHigh() || value < condition.clearLow();
    return between ? Verdict.BETWEEN : Verdict.OVER;
  }

  @Override
  public double limit() {
    return limit;
  }
}
