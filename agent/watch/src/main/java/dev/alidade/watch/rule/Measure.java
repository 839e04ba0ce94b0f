package dev.alidade.watch.rule;

/**
 * What is watched: a quantity, as it is or against another value of the same quantity.
 *
 * @param quantity id of an announced quantity, or of one of {@link Vocabulary#derived()}
 * @param relation what it is divided by
 */
public record Measure(String quantity, Relation relation) {
  /** What a value is divided by; where that is zero or missing there is no value. */
  public enum Relation {
    /** Nothing: the value itself. */
    NONE,
    /** The same quantity of the layer that feeds this one. */
    LAYER_BELOW,
    /** Of the run as a whole: the first layer's (or array's) value by the last one's. */
    FIRST_TO_LAST,
    /** Its own smallest positive value so far. */
    RUN_MINIMUM,
    /** Its own largest positive value so far. */
    RUN_MAXIMUM
  }

  @Override
  public String toString() {
    return switch (relation) {
      case NONE -> quantity;
      case LAYER_BELOW -> quantity + " by the layer below's";
      case FIRST_TO_LAST -> quantity + " of the first by the last layer";
      case RUN_MINIMUM -> quantity + " by its minimum so far";
      case RUN_MAXIMUM -> quantity + " by its maximum so far";
    };
  }
}
