package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Moment;
import java.util.List;

/** Holds while one part holds; over when none holds or is between, and one is over. */
final class AnyDetector implements Detector {
  private final List<Detector> parts;
  private int last;

  AnyDetector(List<Detector> parts) {
    this.parts = parts;
  }

  @Override
  public Verdict see(Moment now, Values values) {
    Verdict result = Verdict.UNKNOWN;
    for (int i = 0; i < parts.size(); i++) {
      Verdict verdict = parts.get(i).see(now, values);
      if (verdict == Verdict.HOLDS && result != Verdict.HOLDS) {
        last = i;
        result = Verdict.HOLDS;
      } else if (verdict == Verdict.BETWEEN && result != Verdict.HOLDS) {
        result = Verdict.BETWEEN;
      } else if (verdict == Verdict.OVER && result == Verdict.UNKNOWN) {
        result = Verdict.OVER;
      }
    }
    return result;
  }

  @Override
  public Finding finding() {
    return parts.get(last).finding();
  }
}
