package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Moment;

/**
 * Two-sided CUSUM, S = max(0, S + |z| - slack) on each side (Page 1954), z standardised by the
 * median and spread of the first values. A change holds while the level after it is learned.
 */
final class ChangePointJudge implements Judge {
  /** One wild value counts for no more than this. */
  private static final double MOST = 8;

  private final Condition.ChangePoint condition;
  private final Baseline baseline;
  private double median = Double.NaN;
  private double spread = Double.NaN;
  private double up;
  private double down;
  private boolean changed;

  ChangePointJudge(Condition.ChangePoint condition) {
    this.condition = condition;
    baseline = new Baseline(condition.window());
  }

  @Override
  public Verdict see(Moment now, double value) {
    if (!Double.isFinite(value)) {
      return Verdict.UNKNOWN;
    }
    if (baseline.size() < condition.window()) {
      baseline.add(value);
      if (baseline.size() == condition.window()) {
        median = baseline.median();
        spread = baseline.spread();
      }
      return changed ? Verdict.HOLDS : Verdict.UNKNOWN;
    }
    changed = false;
    double z = Math.max(-MOST, Math.min(MOST, (value - median) / spread));
    up = Math.max(0, up + z - condition.slack());
    down = Math.max(0, down - z - condition.slack());
    if (Math.max(up, down) <= condition.threshold()) {
      return Verdict.OVER;
    }
    changed = true;
    up = 0;
    down = 0;
    baseline.clear();
    baseline.add(value);
    return Verdict.HOLDS;
  }

  @Override
  public double limit() {
    return median;
  }
}
