package dev.alidade.analysis.laws;

/**
 * The profile interval of one coefficient: every value with which the rest of the law, fitted
 * again, still explains the samples (Bates and Watts 1988, §6.1.2). It follows a curved valley of
 * equally good fits where a bootstrap around one of them does not.
 */
final class Profile {
  private static final int HALVINGS = 12;
  private static final int STEPS = 30;

  final Search.Solution low;
  final Search.Solution high;
  private final int column;

  /**
   * Walks from a least-squares solution to both ends.
   *
   * @param least where the coefficient's range ends below
   * @param most where it ends above
   */
  Profile(Regression fit, Search.Solution best, int column, double least, double most) {
    this.column = column;
    int free = Math.max(1, fit.x.length - fit.basis.degrees() + 1);
    double t = student95(free);
    double limit = best.rss() * (1 + t * t / free);
    low = end(fit, best, least, limit);
    high = end(fit, best, most, limit);
  }

  double lowValue() {
    return low.coefficients()[column];
  }

  double highValue() {
    return high.coefficients()[column];
  }

  private Search.Solution end(Regression fit, Search.Solution best, double bound, double limit) {
    double inside = best.coefficients()[column];
    double outside = bound;
    var at = best;
    var far = held(fit, best, outside);
    if (far.rss() <= limit) {
      return far;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (inside + outside) / 2;
      var next = held(fit, at, middle);
      if (next.rss() <= limit) {
        inside = middle;
        at = next;
      } else {
        outside = middle;
      }
    }
    return at;
  }

  private Search.Solution held(Regression fit, Search.Solution near, double value) {
    var search = new Search(new Held(fit.basis, column, value), fit.x, fit.weights());
    return search.refine(near.shape(), fit.y, STEPS, 1e-5);
  }

  /** The 95 % point of Student's t (Cornish-Fisher; exact enough from 2 degrees on, wide at 1). */
  static double student95(int degrees) {
    double z = 1.6448536;
    double z3 = z * z * z;
    double z5 = z3 * z * z;
    double z7 = z5 * z * z;
    double n = degrees;
    return z
        + (z3 + z) / (4 * n)
        + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
        + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
  }

  /** A basis with one coefficient held at a value. */
  private static final class Held extends Basis {
    private final Basis whole;
    private final int column;
    private final double value;

    Held(Basis whole, int column, double value) {
      super(whole.name, whole.columns, whole.low, whole.high);
      this.whole = whole;
      this.column = column;
      this.value = value;
    }

    @Override
    void columns(double[] shape, double x, double[] out) {
      whole.columns(shape, x, out);
    }

    @Override
    double slope(int d, double[] shape, double x, double[] columns, double[] coefficients) {
      return whole.slope(d, shape, x, columns, coefficients);
    }

    @Override
    double least(int k) {
      return k == column ? value : whole.least(k);
    }

    @Override
    double most(int k) {
      return k == column ? value : whole.most(k);
    }
  }
}
