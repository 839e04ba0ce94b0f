package dev.alidade.analysis.quantity;

/** Gini coefficient of the units' mean |h|: Σ (2i − n − 1) m_(i) / (n Σ m), m rising, i from 1. */
public final class Gini implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "gini",
          "Gini coefficient",
          "ratio",
          "Inequality between units: 0 when all are equally strong, near 1 when a few do everything.",
          "Hurley & Rickard 2009, arXiv 0811.4706",
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
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      double m = view.risingMeanAbs()[i];
      sum += m;
      weighted += (2.0 * (i + 1) - n - 1) * m;
    }
    return sum == 0 ? Double.NaN : weighted / (n * sum);
  }
}
