package dev.alidade.analysis.laws;

/**
 * The columns of the two sparsity laws in x = D / span, scaled to 1 at x = 1; the second is A0.
 *
 * <p>An activation ratio lies in 0 … 1, and so does its limit.
 */
abstract class SparsityBasis extends Basis {
  private SparsityBasis(String name, double[] low, double[] high) {
    super(name, 2, low, high);
  }

  @Override
  double least(int column) {
    return 0;
  }

  @Override
  double most(int column) {
    return column == 1 ? 1 : Double.POSITIVE_INFINITY;
  }

  static double limit(Search.Solution s) {
    return s.coefficients()[1];
  }

  /** exp(−c·D^α + b) + A0 as B·exp(−q(x^α − 1)) + A0, shape (ln α, ln q), q = c·span^α. */
  static final SparsityBasis FALLING =
      new SparsityBasis(
          "sparsity, falling",
          new double[] {Math.log(0.02), Math.log(0.02)},
          new double[] {Math.log(4), Math.log(60)}) {
        @Override
        void columns(double[] shape, double x, double[] out) {
          out[0] = Math.exp(-shape[1] * (Math.exp(shape[0] * Math.log(x)) - 1));
          out[1] = 1;
        }

        @Override
        double slope(int d, double[] shape, double x, double[] columns, double[] coefficients) {
          double power = Math.exp(shape[0] * Math.log(x));
          double falling = -shape[1] * coefficients[0] * columns[0];
          return d == 0 ? falling * power * shape[0] * Math.log(x) : falling * (power - 1);
        }
      };

  /** −c·D^−α + A0 as −C·x^−α + A0, shape (ln α), C = c·span^−α. */
  static final SparsityBasis RISING =
      new SparsityBasis(
          "sparsity, rising", new double[] {Math.log(0.02)}, new double[] {Math.log(6)}) {
        @Override
        void columns(double[] shape, double x, double[] out) {
          out[0] = -Math.exp(-shape[0] * Math.log(x));
          out[1] = 1;
        }

        @Override
        double slope(int d, double[] shape, double x, double[] columns, double[] coefficients) {
          return -coefficients[0] * columns[0] * shape[0] * Math.log(x);
        }
      };
}
