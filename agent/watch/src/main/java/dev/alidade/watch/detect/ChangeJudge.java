package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Direction;
import dev.alidade.watch.rule.Moment;

/**
 * Movement against a window before. What it was before is kept while it holds, so that a lasting
 * step stays one alert; after four windows the new level is the usual one.
 */
final class ChangeJudge implements Judge {
  private static final int LEAST = 3;
  private static final int SETTLED = 4;

  private final Condition.Change condition;
  private final Trail trail;
  private double held = Double.NaN;
  private Moment heldSince = new Moment(0, 0, 0);
  private double limit = Double.NaN;

  ChangeJudge(Condition.Change condition) {
    this.condition = condition;
    trail = new Trail(condition.within());
  }

  @Override
  public Verdict see(Moment now, double value) {
    Verdict verdict = Double.isNaN(held) ? watch(now, value) : hold(now, value);
    if (Double.isFinite(value)) {
      trail.add(now, value);
    }
    return verdict;
  }

  private Verdict watch(Moment now, double value) {
    if (trail.size() < LEAST || trail.filled(now) < 0.5) {
      return Verdict.UNKNOWN;
    }
    double before = reference();
    if (excess(value, before, 1) <= 0) {
      return Verdict.OVER;
    }
    held = before;
    heldSince = now;
    return Verdict.HOLDS;
  }

  private Verdict hold(Moment now, double value) {
    boolean settled =
        condition.within().between(heldSince, now) > SETTLED * condition.within().count();
    // Over is half the way back, so that a value at the limit does not flicker.
    if (settled || excess(value, held, 0.5) <= 0) {
      held = Double.NaN;
      return Verdict.OVER;
    }
    return excess(value, held, 1) > 0 ? Verdict.HOLDS : Verdict.BETWEEN;
  }

  private double reference() {
    return switch (condition.against()) {
      case START -> trail.first();
      case MEAN -> trail.mean();
      case MINIMUM -> trail.minimum();
      case MAXIMUM -> trail.maximum();
    };
  }

  /** Above zero where value has moved from before by more than a share of what is allowed. */
  private double excess(double value, double before, double share) {
    double moved;
    double allowed;
    if (Double.isNaN(condition.factor())) {
      moved = value - before;
      allowed = condition.difference() * share;
      limit = condition.direction() == Direction.DOWN ? before - allowed : before + allowed;
    } else {
      // A factor is a difference of logarithms; it needs two values of one sign.
      moved = Math.log(Math.abs(value)) - Math.log(Math.abs(before));
      allowed = Math.log(condition.factor()) * share;
      limit = before * Math.exp(condition.direction() == Direction.DOWN ? -allowed : allowed);
      if (before == 0) {
        return -1;
      }
    }
    return switch (condition.direction()) {
      case UP -> moved - allowed;
      case DOWN -> -moved - allowed;
      case BOTH -> Math.abs(moved) - allowed;
    };
  }

  @Override
  public double limit() {
    return limit;
  }
}
