package dev.alidade.analysis.quantity;

/**
 * Values at a bound of the layer's activation function ÷ finite values; NaN where it has no bound.
 */
public final class SaturatedShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "saturated_share",
          "Saturated",
          "ratio",
          "Share of activations at the flat end of the activation function, where no gradient passes.",
          "Glorot & Bengio 2010; Rakitianskaia & Engelbrecht 2015",
          0,
          1,
          "Health");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    long saturated = view.saturated();
    return saturated < 0 ? Double.NaN : Ratio.of(saturated, view.finite());
  }
}
