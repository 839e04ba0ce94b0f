package dev.alidade.analysis.laws;

/**
 * A forecast whose time has come, beside what came and what two simple forecasters would have said.
 *
 * @param madeAt the last t known when it was made
 * @param t the time it was made for
 * @param persistence the last value known then
 * @param line the straight line through the last four samples known then
 * @param actual the first sample at or after t
 */
public record PastForecast(
    double madeAt, double t, double forecast, double persistence, double line, double actual) {
  /** Absolute error of the law. */
  public double error() {
    return Math.abs(forecast - actual);
  }

  /** Absolute error of the last value. */
  public double persistenceError() {
    return Math.abs(persistence - actual);
  }

  /** Absolute error of the 4-point line. */
  public double lineError() {
    return Math.abs(line - actual);
  }
}
