package dev.alidade.analysis.quantity;

/** Greatest finite value. */
public final class Max implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "max",
          "Maximum",
          "",
          "The largest activation.",
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
    return view.max();
  }
}
