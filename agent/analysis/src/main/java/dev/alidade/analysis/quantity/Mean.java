package dev.alidade.analysis.quantity;

/** Mean of the finite values. */
public final class Mean implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "mean",
          "Mean",
          "",
          "Average of all activations of the layer.",
          "definition",
          Double.NaN,
          Double.NaN,
          "Activations");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.mean();
  }
}
