package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Measure;
import dev.alidade.watch.rule.Moment;
import java.util.List;

/** A condition at work on one subject. Not thread safe. */
public interface Detector {

  /** Where a detector finds the values of the sample at hand; NaN: none. */
  @FunctionalInterface
  interface Values {
    double of(Measure measure);
  }

  /** Takes one sample in. */
  Verdict see(Moment now, Values values);

  /** What was looked at last. */
  Finding finding();

  /**
   * Numbers behind a verdict.
   *
   * @param limit what was broken, in the measure's own terms; NaN when there is none yet
   */
  record Finding(String quantity, double value, double limit) {}

  /** Puts a condition to work. */
  static Detector of(Condition condition) {
    if (condition instanceof Condition.All all) {
      return new AllDetector(of(all.parts()));
    }
    if (condition instanceof Condition.Any any) {
      return new AnyDetector(of(any.parts()));
    }
    if (condition instanceof Condition.Missing missing) {
      return new MissingDetector(missing);
    }
    if (condition instanceof Condition.OfMeasure single) {
      return new MeasureDetector(single.measure(), Judge.of(single));
    }
    throw new IllegalArgumentException("condition has no detector: " + condition);
  }

  private static List<Detector> of(List<Condition> parts) {
    return parts.stream().map(Detector::of).toList();
  }
}
