package dev.alidade.analysis.quantity;

/** A share of a count: NaN where there is nothing to have a share of. */
final class Ratio {
  private Ratio() {}

  static double of(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
