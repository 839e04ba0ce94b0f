package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Measure;
import dev.alidade.watch.rule.Moment;

/** One measure, one judge. */
final class MeasureDetector implements Detector {
  private final Measure measure;
  private final Judge judge;
  private double extreme = Double.NaN;
  private double value = Double.NaN;

  MeasureDetector(Measure measure, Judge judge) {
    this.measure = measure;
    this.judge = judge;
  }

  @Override
  public Verdict see(Moment now, Values values) {
    value = related(values.of(measure));
    return Double.isNaN(value) ? Verdict.UNKNOWN : judge.see(now, value);
  }

  /** Against its own past; other relations are between values of one sample. */
  private double related(double raw) {
    boolean least = measure.relation() == Measure.Relation.RUN_MINIMUM;
    boolean most = measure.relation() == Measure.Relation.RUN_MAXIMUM;
    if ((!least && !most) || Double.isNaN(raw)) {
      return raw;
    }
    if (raw > 0 && Double.isFinite(raw)) {
      extreme =
          Double.isNaN(extreme) ? raw : least ? Math.min(extreme, raw) : Math.max(extreme, raw);
    }
    return raw / extreme;
  }

  @Override
  public Finding finding() {
    return new Finding(measure.toString(), value, judge.limit());
  }
}
