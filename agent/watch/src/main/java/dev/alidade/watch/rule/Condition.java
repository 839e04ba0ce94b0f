package dev.alidade.watch.rule;

import java.util.List;

/** When a rule's trouble is there. NaN as a bound means there is none. */
public sealed interface Condition {
  /** The measures in it, of its parts too. */
  List<Measure> measures();

  /** One that looks at a single measure. */
  sealed interface OfMeasure extends Condition {
    Measure measure();

    @Override
    default List<Measure> measures() {
      return List.of(measure());
    }
  }

  /**
   * Below low or above high; over only when back between the clear bounds, which lie inside.
   *
   * @param low NaN: no lower bound
   * @param high NaN: no upper bound
   */
  record Threshold(Measure measure, double low, double high, double clearLow, double clearHigh)
      implements OfMeasure {}

  /**
   * Moved by a factor (above 1) or a difference (above 0) against what it was within a window
   * before.
   */
  record Change(
      Measure measure,
      Span within,
      double factor,
      double difference,
      Direction direction,
      Against against)
      implements OfMeasure {
    /** What the newest value is compared with. */
    public enum Against {
      START,
      MEAN,
      MINIMUM,
      MAXIMUM
    }
  }

  /** Hardly moved: the means of the first and the last third of the window agree. */
  record Flat(Measure measure, Span within, double tolerance) implements OfMeasure {}

  /**
   * Away from the median of a trailing window by so many median absolute deviations (scaled to a
   * normal distribution's standard deviation).
   *
   * @param window samples the baseline is learned from
   */
  record Deviation(Measure measure, double mads, int window, Direction direction)
      implements OfMeasure {}

  /**
   * A lasting shift of the level: two-sided CUSUM (Page 1954) of values standardised by a baseline.
   *
   * @param window samples the baseline is learned from
   * @param slack shift that is tolerated, in standard deviations
   * @param threshold sum of excesses at which it is a change
   */
  record ChangePoint(Measure measure, int window, double slack, double threshold)
      implements OfMeasure {}

  /** Above the band of the emergence law fitted to the values before, times a factor. */
  record BeyondFit(Measure measure, double factor) implements OfMeasure {}

  /** Became another one after so many samples of the same: for ids, such as the top unit's. */
  record Switched(Measure measure, int stable) implements OfMeasure {}

  /** No sample for so many times the usual gap between two. */
  record Missing(double gaps) implements Condition {
    @Override
    public List<Measure> measures() {
      return List.of();
    }
  }

  /** All of them at once. */
  record All(List<Condition> parts) implements Condition {
    @Override
    public List<Measure> measures() {
      return parts.stream().flatMap(part -> part.measures().stream()).toList();
    }
  }

  /** At least one of them. */
  record Any(List<Condition> parts) implements Condition {
    @Override
    public List<Measure> measures() {
      return parts.stream().flatMap(part -> part.measures().stream()).toList();
    }
  }
}
