package dev.alidade.analysis.quantity;

/** Values above zero ÷ finite values. */
public final class PositiveShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "positive_share",
          "Positives",
          "ratio",
          "Share of activations above zero.",
          "definition",
          0,
          1,
          "Sparsity");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return Ratio.of(view.positives(), view.finite());
  }
}
