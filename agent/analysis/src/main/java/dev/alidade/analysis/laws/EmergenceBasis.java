package dev.alidade.analysis.laws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The columns of the emergence law in x = t / span, shape (ln β, ln τ0), and what is read off. */
final class EmergenceBasis extends Basis {
  static final EmergenceBasis BASIS = new EmergenceBasis();

  private EmergenceBasis() {
    super(
        "emergence",
        3,
        new double[] {Math.log(1e-2), Math.log(1e-4)},
        new double[] {Math.log(200), Math.log(20)});
  }

  @Override
  void columns(double[] shape, double x, double[] out) {
    double decay = Math.exp(-shape[0] * x);
    out[0] = decay * Math.log(x + shape[1]);
    out[1] = decay;
    out[2] = 1;
  }

  @Override
  double slope(int d, double[] shape, double x, double[] columns, double[] coefficients) {
    return d == 0
        ? -shape[0] * x * (coefficients[0] * columns[0] + coefficients[1] * columns[1])
        : coefficients[0] * columns[1] * shape[1] / (x + shape[1]);
  }

  /** A1 ≥ 0: with a negative one the law has a trough where it should peak. */
  @Override
  double least(int column) {
    return column == 0 ? 0 : Double.NEGATIVE_INFINITY;
  }

  /** Where the curve peaks, in x; infinite when A1 is 0. */
  static double peak(Search.Solution s) {
    double a1 = s.coefficients()[0];
    if (!(a1 > 0)) {
      return Double.POSITIVE_INFINITY;
    }
    double lnGamma = s.coefficients()[1] / a1;
    double lnX = LambertW.ofExp(lnGamma - s.shape()[0]);
    return Math.exp(lnX - lnGamma) - Math.exp(s.shape()[1]);
  }

  /** How each parameter is read off a solution, in the unit of t. */
  static Map<String, ToDoubleFunction<Search.Solution>> readings(double span) {
    var out = new LinkedHashMap<String, ToDoubleFunction<Search.Solution>>();
    out.put("A", s -> s.coefficients()[0] * Math.exp(beta(s, 1) * tau0(s, 1)));
    out.put("lambda", s -> beta(s, span) / gamma(s, span));
    out.put("gamma", s -> gamma(s, span));
    out.put("t0", s -> tau0(s, span) * gamma(s, span));
    out.put("K", s -> s.coefficients()[2]);
    out.put("beta", s -> beta(s, span));
    out.put("tau0", s -> tau0(s, span));
    out.put("A1", s -> s.coefficients()[0]);
    out.put("A2", s -> s.coefficients()[1] - s.coefficients()[0] * Math.log(span));
    return out;
  }

  private static double beta(Search.Solution s, double span) {
    return Math.exp(s.shape()[0]) / span;
  }

  private static double tau0(Search.Solution s, double span) {
    return Math.exp(s.shape()[1]) * span;
  }

  private static double gamma(Search.Solution s, double span) {
    return Math.exp(s.coefficients()[1] / s.coefficients()[0]) / span;
  }
}
