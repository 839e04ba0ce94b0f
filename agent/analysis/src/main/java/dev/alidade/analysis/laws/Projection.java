package dev.alidade.analysis.laws;

import java.util.Arrays;

/**
 * The linear half of a fit: the best coefficients for a given shape, by modified Gram-Schmidt on
 * the weighted columns, with coefficients outside their bounds fixed there.
 *
 * <p>Owns its scratch; the results are valid until the next solve.
 */
final class Projection {
  private static final double DEPENDENT = 1e-13;

  final Basis basis;
  final double[] x;
  final double[] coefficients;

  /** Square root of the weight times (y − fit), per point. */
  final double[] residuals;

  private final double[] roots;
  private final double[][] columns;
  private final double[][] q;
  private final double[][] r;
  private final double[] projected;
  private final double[] row;
  private final boolean[] fixed;

  Projection(Basis basis, double[] x, double[] weights) {
    this.basis = basis;
    this.x = x;
    int p = basis.columns;
    coefficients = new double[p];
    residuals = new double[x.length];
    roots = new double[x.length];
    columns = new double[p][x.length];
    q = new double[p][x.length];
    r = new double[p][p];
    projected = new double[p];
    row = new double[p];
    fixed = new boolean[p];
    weigh(weights);
  }

  void weigh(double[] weights) {
    for (int i = 0; i < roots.length; i++) {
      roots[i] = Math.sqrt(weights[i]);
    }
  }

  /** Solves for the coefficients and returns the weighted sum of squares that remains. */
  double solve(double[] shape, double[] y) {
    double[] numbers = Basis.exp(shape);
    for (int i = 0; i < x.length; i++) {
      basis.columns(numbers, x[i], row);
      for (int k = 0; k < row.length; k++) {
        columns[k][i] = row[k] * roots[i];
      }
    }
    Arrays.fill(fixed, false);
    do {
      solveFree(y);
    } while (fixOne());
    double rss = 0;
    for (double e : residuals) {
      rss += e * e;
    }
    return rss;
  }

  /**
   * Derivative of the residuals by the logarithm of shape number d, at the shape last solved for:
   * Kaufman's approximation, which leaves out how the coefficients follow the residuals.
   */
  void slope(double[] shape, int d, double[] out) {
    double[] numbers = Basis.exp(shape);
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < row.length; k++) {
        row[k] = roots[i] > 0 ? columns[k][i] / roots[i] : 0;
      }
      out[i] = -roots[i] * basis.slope(d, numbers, x[i], row, coefficients);
    }
    for (int k = 0; k < fixed.length; k++) {
      if (!fixed[k]) {
        subtract(out, dot(q[k], out), q[k]);
      }
    }
  }

  private void solveFree(double[] y) {
    for (int i = 0; i < residuals.length; i++) {
      double rest = y[i] * roots[i];
      for (int k = 0; k < fixed.length; k++) {
        if (fixed[k]) {
          rest -= coefficients[k] * columns[k][i];
        }
      }
      residuals[i] = rest;
    }
    for (int k = 0; k < fixed.length; k++) {
      if (!fixed[k]) {
        orthogonalise(k);
      }
    }
    substituteBack();
  }

  private void orthogonalise(int k) {
    double[] column = q[k];
    System.arraycopy(columns[k], 0, column, 0, column.length);
    double before = Math.sqrt(dot(column, column));
    for (int j = 0; j < k; j++) {
      if (!fixed[j]) {
        r[j][k] = dot(q[j], column);
        subtract(column, r[j][k], q[j]);
      }
    }
    double norm = Math.sqrt(dot(column, column));
    boolean dependent = !(norm > DEPENDENT * before);
    r[k][k] = dependent ? 0 : norm;
    for (int i = 0; i < column.length; i++) {
      column[i] = dependent ? 0 : column[i] / norm;
    }
    projected[k] = dot(column, residuals);
    subtract(residuals, projected[k], column);
  }

  private void substituteBack() {
    for (int k = fixed.length - 1; k >= 0; k--) {
      if (fixed[k]) {
        continue;
      }
      double sum = projected[k];
      for (int j = k + 1; j < fixed.length; j++) {
        if (!fixed[j]) {
          sum -= r[k][j] * coefficients[j];
        }
      }
      coefficients[k] = r[k][k] == 0 ? 0 : sum / r[k][k];
    }
  }

  private boolean fixOne() {
    for (int k = 0; k < fixed.length; k++) {
      double within = Math.min(Math.max(coefficients[k], basis.least(k)), basis.most(k));
      if (!fixed[k] && within != coefficients[k]) {
        coefficients[k] = within;
        fixed[k] = true;
        return true;
      }
    }
    return false;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] -= factor * b[i];
    }
  }
}
