package dev.alidade.analysis.laws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The search over a law's shape: a grid, then Levenberg-Marquardt on the projected residuals from
 * the best cells (variable projection: Golub, Pereyra 1973; Kaufman 1975).
 */
final class Search {
  private static final int CELLS = 20;
  private static final int STARTS = 3;

  /** The share of the sum of squares below which a gain is rounding. */
  static final double EXACT = 1e-12;

  /** A shape (natural logarithms), the coefficients that belong to it, and what remains. */
  @SuppressWarnings("ArrayRecordComponent") // package-private, never compared, owned by the fit
  record Solution(double[] shape, double[] coefficients, double rss) {}

  private final Basis basis;
  private final Projection projection;
  private final double[][] slopes;
  private final double[] base;

  Search(Basis basis, double[] x, double[] weights) {
    this.basis = basis;
    projection = new Projection(basis, x, weights);
    slopes = new double[basis.shapes()][x.length];
    base = new double[x.length];
  }

  void weigh(double[] weights) {
    projection.weigh(weights);
  }

  /** The best fit in the whole box. */
  Solution global(double[] y) {
    return grid(y).stream()
        .map(cell -> refine(cell.shape(), y, 60, EXACT))
        .min(Comparator.comparingDouble(Solution::rss))
        .orElseThrow();
  }

  /** The best fit near a shape, in at most that many steps, until one gains less than a share. */
  Solution refine(double[] start, double[] y, int mostSteps, double share) {
    var best = at(start, y);
    double damping = 1e-3;
    for (int step = 0; step < mostSteps && basis.shapes() > 0; step++) {
      differentiate(best, y);
      double[] move = null;
      Solution next = best;
      for (int attempt = 0; attempt < 8 && !(next.rss() < best.rss()); attempt++) {
        move = move(damping);
        next = at(clamped(best.shape(), move), y);
        damping = next.rss() < best.rss() ? damping / 10 : damping * 10;
      }
      if (!(next.rss() < best.rss())) {
        return best;
      }
      boolean still = best.rss() - next.rss() < share * best.rss();
      best = next;
      if (still || best.rss() < 1e-290) {
        return best;
      }
    }
    return best;
  }

  private Solution at(double[] shape, double[] y) {
    double rss = projection.solve(shape, y);
    return new Solution(shape, projection.coefficients.clone(), rss);
  }

  private List<Solution> grid(double[] y) {
    var cells = new ArrayList<Solution>();
    int second = basis.shapes() > 1 ? CELLS : 1;
    int first = basis.shapes() > 0 ? CELLS : 1;
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < second; j++) {
        cells.add(at(cell(i, j), y));
      }
    }
    cells.sort(Comparator.comparingDouble(Solution::rss));
    return apart(cells);
  }

  private double[] cell(int i, int j) {
    double[] shape = new double[basis.shapes()];
    for (int d = 0; d < shape.length; d++) {
      double share = (d == 0 ? i : j) / (CELLS - 1.0);
      shape[d] = basis.low[d] + share * (basis.high[d] - basis.low[d]);
    }
    return shape;
  }

  /** The best cells, none next to another: one valley of the sum of squares each, with luck. */
  private List<Solution> apart(List<Solution> cells) {
    var out = new ArrayList<Solution>();
    for (var cell : cells) {
      if (out.size() < STARTS && out.stream().allMatch(o -> farther(o.shape(), cell.shape()))) {
        out.add(cell);
      }
    }
    return out;
  }

  private boolean farther(double[] a, double[] b) {
    for (int d = 0; d < a.length; d++) {
      double step = (basis.high[d] - basis.low[d]) / (CELLS - 1);
      if (Math.abs(a[d] - b[d]) > 2.5 * step) {
        return true;
      }
    }
    return false;
  }

  /** Leaves the projection at the solution, its residuals and slopes copied. */
  private void differentiate(Solution at, double[] y) {
    projection.solve(at.shape(), y);
    System.arraycopy(projection.residuals, 0, base, 0, base.length);
    for (int d = 0; d < slopes.length; d++) {
      projection.slope(at.shape(), d, slopes[d]);
    }
  }

  private double[] move(double damping) {
    double a = 0;
    double b = 0;
    double c = 0;
    double g = 0;
    double h = 0;
    double[] first = slopes[0];
    double[] second = slopes.length > 1 ? slopes[1] : null;
    for (int i = 0; i < base.length; i++) {
      double s = second == null ? 0 : second[i];
      a += first[i] * first[i];
      b += first[i] * s;
      c += s * s;
      g -= first[i] * base[i];
      h -= s * base[i];
    }
    a += damping * a + 1e-300;
    c += damping * c + 1e-300;
    double determinant = a * c - b * b;
    return second == null
        ? new double[] {g / a}
        : new double[] {(g * c - h * b) / determinant, (a * h - b * g) / determinant};
  }

  private double[] clamped(double[] shape, double[] move) {
    double[] out = new double[shape.length];
    // A step of more than one e-fold leaves the region in which the slopes mean anything.
    double scale = 1 / Math.max(1, length(move));
    for (int d = 0; d < out.length; d++) {
      double step = Double.isFinite(move[d]) ? move[d] * scale : 0;
      out[d] = Math.min(Math.max(shape[d] + step, basis.low[d]), basis.high[d]);
    }
    return out;
  }

  private static double length(double @org.jspecify.annotations.Nullable [] move) {
    double sum = 0;
    if (move != null) {
      for (double m : move) {
        sum += m * m;
      }
    }
    return Math.sqrt(sum);
  }
}
