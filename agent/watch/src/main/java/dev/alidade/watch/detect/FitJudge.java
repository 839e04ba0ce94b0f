package dev.alidade.watch.detect;

import dev.alidade.analysis.laws.EmergenceLaw;
import dev.alidade.analysis.laws.Fit;
import dev.alidade.analysis.laws.Fitted;
import dev.alidade.analysis.laws.LiveLaw;
import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Moment;

/**
 * Above the forecast band of the law fitted to the values before. Refitted each time a quarter more
 * has been seen, so that the cost per sample falls as a run grows; no verdict while the law is not
 * identifiable.
 */
final class FitJudge implements Judge {
  private static final int FIRST = 32;
  private static final double GROWTH = 1.25;

  private final Condition.BeyondFit condition;
  private LiveLaw law = new LiveLaw(new EmergenceLaw());
  private double refitAt = FIRST;
  private long seen;
  private long last = -1;
  private Fit fit;
  private double limit = Double.NaN;

  FitJudge(Condition.BeyondFit condition) {
    this.condition = condition;
    fit = law.fit();
  }

  @Override
  public Verdict see(Moment now, double value) {
    if (now.iteration() <= last) {
      restart();
    }
    last = now.iteration();
    Verdict verdict = Verdict.UNKNOWN;
    if (fit instanceof Fitted fitted) {
      limit = condition.factor() * fitted.forecast((double) now.iteration()).high();
      verdict = value > limit ? Verdict.HOLDS : Verdict.OVER;
    }
    if (verdict != Verdict.HOLDS && Double.isFinite(value)) {
      learn(now, value);
    }
    return verdict;
  }

  private void learn(Moment now, double value) {
    law.add((double) now.iteration(), value);
    if (++seen >= refitAt) {
      refitAt *= GROWTH;
      fit = law.fit();
    }
  }

  /** A run resumed from an earlier iteration is fitted anew. */
  private void restart() {
    law = new LiveLaw(new EmergenceLaw());
    fit = law.fit();
    refitAt = FIRST;
    seen = 0;
  }

  @Override
  public double limit() {
    return limit;
  }
}
