package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Moment;

/**
 * Another id than the one that stood for long; over when the new one has stood for a fifth of it.
 */
final class SwitchJudge implements Judge {
  private final Condition.Switched condition;
  private double established = Double.NaN;
  private double candidate = Double.NaN;
  private int stood;
  private boolean known;

  SwitchJudge(Condition.Switched condition) {
    this.condition = condition;
  }

  @Override
  public Verdict see(Moment now, double value) {
    stood = value == candidate ? stood + 1 : 1;
    candidate = value;
    if (Double.isNaN(established)) {
      if (stood >= condition.stable()) {
        established = value;
        known = true;
      }
      return known ? Verdict.OVER : Verdict.UNKNOWN;
    }
    if (value == established) {
      return Verdict.OVER;
    }
    if (stood >= Math.max(2, condition.stable() / 5)) {
      // The next change counts only when this one has stood for long again.
      established = Double.NaN;
      return Verdict.OVER;
    }
    return Verdict.HOLDS;
  }

  @Override
  public double limit() {
    return established;
  }
}
