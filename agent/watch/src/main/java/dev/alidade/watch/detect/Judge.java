package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Moment;

/** A condition on one series of values that are there. Not thread safe. */
interface Judge {
  /** Takes the next value in; never NaN. */
  Verdict see(Moment now, double value);

  /** What the last value was held against, in the measure's own terms; NaN: nothing yet. */
  double limit();

  static Judge of(Condition.OfMeasure condition) {
    if (condition instanceof Condition.Threshold c) {
      return new ThresholdJudge(c);
    }
    if (condition instanceof Condition.Change c) {
      return new ChangeJudge(c);
    }
    if (condition instanceof Condition.Flat c) {
      return new FlatJudge(c);
    }
    if (condition instanceof Condition.Deviation c) {
      return new DeviationJudge(c);
    }
    if (condition instanceof Condition.ChangePoint c) {
      return new ChangePointJudge(c);
    }
    if (condition instanceof Condition.BeyondFit c) {
      return new FitJudge(c);
    }
    if (condition instanceof Condition.Switched c) {
      return new SwitchJudge(c);
    }
    throw new IllegalArgumentException("condition has no judge: " + condition);
  }
}
