package dev.alidade.analysis.quantity;

/**
 * (√n − ‖m‖₁/‖m‖₂) / (√n − 1) over the units' mean |h|, m. NaN for fewer than two units, and when
 * all are zero.
 */
public final class Hoyer implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "hoyer",
          "Hoyer sparsity",
          "ratio",
          "0 when all units are equally strong, 1 when a single one does everything.",
          "Hoyer 2004, JMLR 5",
          0,
          1,
          "Sparsity shape");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    int n = view.finiteUnits();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double m = view.risingMeanAbs()[i];
      sum += m;
      squares += m * m;
    }
    if (n < 2 || squares == 0) {
      return Double.NaN;
    }
    double share = (Math.sqrt(n) - sum / Math.sqrt(squares)) / (Math.sqrt(n) - 1);
    return Math.min(1, Math.max(0, share));
  }
}
