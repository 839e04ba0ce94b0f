package dev.alidade.analysis.laws;

/** The principal branch of Lambert's W for positive arguments, which are given by logarithm. */
final class LambertW {
  private LambertW() {}

  /** W(e^y), the solution of w + ln w = y; exact to a few ulps for every finite y. */
  static double ofExp(double y) {
    double w = y > 1 ? y - Math.log(y) : Math.exp(y) / (1 + Math.exp(y));
    if (w == 0) {
      return 0;
    }
    // Newton's iteration in the logarithm of w: convex there, and w stays positive.
    for (int i = 0; i < 30; i++) {
      double step = (y - w - Math.log(w)) / (1 + w);
      w *= Math.exp(step);
      if (Math.abs(step) < 1e-16) {
        break;
      }
    }
    return w;
  }
}
