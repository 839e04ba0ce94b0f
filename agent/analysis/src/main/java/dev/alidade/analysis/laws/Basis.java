package dev.alidade.analysis.laws;

/**
 * The columns of a law that is linear once its shape is fixed: y ≈ Σ coefficient_k · column_k(x).
 *
 * <p>x is t divided by the last t, so that one search box serves series of every length; the shape
 * (at most two numbers) is searched in logarithms.
 */
abstract class Basis {
  final String name;
  final int columns;

  /** Natural logarithms of the bounds of the search, per shape number. */
  final double[] low;

  final double[] high;

  Basis(String name, int columns, double[] low, double[] high) {
    this.name = name;
    this.columns = columns;
    this.low = low;
    this.high = high;
  }

  /** Writes all columns at x; the shape is given as it is, not by logarithms. */
  abstract void columns(double[] shape, double x, double[] out);

  /** Derivative of Σ coefficient_k · column_k(x) by the logarithm of shape number d. */
  abstract double slope(int d, double[] shape, double x, double[] columns, double[] coefficients);

  double least(int column) {
    return Double.NEGATIVE_INFINITY;
  }

  double most(int column) {
    return Double.POSITIVE_INFINITY;
  }

  int shapes() {
    return low.length;
  }

  /** Free parameters, the variance of the noise among them. */
  int degrees() {
    return columns + shapes() + 1;
  }

  /** The law at x; like everything in a solution, the shape is in logarithms. */
  final double value(Search.Solution s, double x) {
    double[] scratch = new double[columns];
    columns(exp(s.shape()), x, scratch);
    double[] coefficients = s.coefficients();
    double sum = 0;
    for (int k = 0; k < columns; k++) {
      sum += coefficients[k] * scratch[k];
    }
    return sum;
  }

  static double[] exp(double[] logarithms) {
    double[] out = new double[logarithms.length];
    for (int d = 0; d < out.length; d++) {
      out[d] = Math.exp(logarithms[d]);
    }
    return out;
  }
}
