package dev.alidade.analysis.laws;

import java.util.ArrayList;
import java.util.List;

/** The simpler laws that a fit must beat: a constant, a line, and 1 − e^(−t/τ) with an offset. */
final class Rivals {
  private static final double[] NONE = {};

  private static final List<Basis> ALL = List.of(new Constant(), new Line(), new Saturation());

  private Rivals() {}

  /** Fits all of them by least squares with these weights. */
  static List<Rival> of(double[] x, double[] y, double[] weights) {
    var out = new ArrayList<Rival>();
    for (Basis basis : ALL) {
      var search = new Search(basis, x, weights);
      var best = search.global(y);
      out.add(new Rival(basis.name, aic(best.rss(), x.length, basis.degrees())));
    }
    return out;
  }

  /** Akaike's criterion of least squares; the floor keeps an exact fit finite. */
  static double aic(double rss, int n, int degrees) {
    return n * Math.log(Math.max(rss, Double.MIN_NORMAL) / n) + 2 * degrees;
  }

  private static final class Constant extends Basis {
    Constant() {
      super("constant", 1, NONE, NONE);
    }

    @Override
    void columns(double[] shape, double x, double[] out) {
      out[0] = 1;
    }

    @Override
    double slope(int d, double[] shape, double x, double[] columns, double[] coefficients) {
      return 0;
    }
  }

  private static final class Line extends Basis {
    Line() {
      super("line", 2, NONE, NONE);
    }

    @Override
    void columns(double[] shape, double x, double[] out) {
      out[0] = 1;
      out[1] = x;
    }

    @Override
    double slope(int d, double[] shape, double x, double[] columns, double[] coefficients) {
      return 0;
    }
  }

  private static final class Saturation extends Basis {
    Saturation() {
      super("1 − e^(−t/τ)", 2, new double[] {Math.log(1e-3)}, new double[] {Math.log(10)});
    }

    @Override
    void columns(double[] shape, double x, double[] out) {
      out[0] = 1;
      out[1] = -Math.expm1(-x / shape[0]);
    }

    @Override
    double slope(int d, double[] shape, double x, double[] columns, double[] coefficients) {
      return -coefficients[1] * (1 - columns[1]) * x / shape[0];
    }
  }
}
