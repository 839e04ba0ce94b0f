package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Moment;

/**
 * Silence, measured by the time that frames say. Live it is also asked between samples; a recording
 * shows it in hindsight, when the next sample comes. A gap below half a minute is none: a busy
 * machine has those.
 */
public final class MissingDetector implements Detector {
  private static final int WINDOW = 20;
  private static final int LEAST = 5;
  private static final long LEAST_MILLIS = 30_000;

  private final Condition.Missing condition;
  private final Baseline gaps = new Baseline(WINDOW);
  private long last = -1;
  private double gap = Double.NaN;

  MissingDetector(Condition.Missing condition) {
    this.condition = condition;
  }

  @Override
  public Verdict see(Moment now, Values values) {
    Verdict verdict = silence(now.millis());
    if (last >= 0 && verdict != Verdict.HOLDS) {
      gaps.add((double) Math.max(0, now.millis() - last));
    }
    last = now.millis();
    return verdict;
  }

  /** How it is at some time after the last sample. */
  public Verdict silence(long millis) {
    if (last < 0 || gaps.size() < LEAST) {
      return Verdict.UNKNOWN;
    }
    gap = (double) (millis - last);
    return gap > limit() ? Verdict.HOLDS : Verdict.OVER;
  }

  private double limit() {
    return Math.max(LEAST_MILLIS, condition.gaps() * gaps.median());
  }

  @Override
  public Finding finding() {
    return new Finding("milliseconds without a sample", gap, limit());
  }
}
