package dev.alidade.analysis.quantity;

/** Values with |h| > 100 and |h| ≥ 1,000 × median |h| of the sample. */
public final class MassiveCount implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "massive_count",
          "Massive activations",
          "values",
          "Activations above 100 that are also at least 1,000 times the median.",
          "Sun et al. 2024, arXiv 2402.17762",
          0,
          Double.NaN,
          "Massive activations");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.massive();
  }
}
