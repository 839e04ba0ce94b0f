package dev.alidade.analysis.laws;

/**
 * One parameter of a fitted law with its 90 % interval from the residual bootstrap.
 *
 * @param value the estimate; NaN where several values fit equally well and only the interval is
 *     told
 */
public record Parameter(String name, double value, double low, double high) {
  /** Whether there is an estimate beside the interval. */
  public boolean hasPoint() {
    return !Double.isNaN(value);
  }
}
