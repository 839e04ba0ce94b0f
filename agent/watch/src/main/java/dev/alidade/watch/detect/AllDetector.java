package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Moment;
import java.util.List;

/** Holds while every part holds; over when one of them is over. */
final class AllDetector implements Detector {
  private final List<Detector> parts;

  AllDetector(List<Detector> parts) {
    this.parts = parts;
  }

  @Override
  public Verdict see(Moment now, Values values) {
    int holding = 0;
    boolean over = false;
    boolean unknown = false;
    for (Detector part : parts) {
      Verdict verdict = part.see(now, values);
      holding += verdict == Verdict.HOLDS ? 1 : 0;
      over |= verdict == Verdict.OVER;
      unknown |= verdict == Verdict.UNKNOWN;
    }
    if (holding == parts.size()) {
      return Verdict.HOLDS;
    }
    return over ? Verdict.OVER : unknown ? Verdict.UNKNOWN : Verdict.BETWEEN;
  }

  @Override
  public Finding finding() {
    return parts.get(0).finding();
  }
}
