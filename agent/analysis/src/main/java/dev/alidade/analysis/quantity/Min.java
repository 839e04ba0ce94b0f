package dev.alidade.analysis.quantity;

/** Least finite value. */
public final class Min implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "min",
          "Minimum",
          "",
          "The smallest activation.",
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
    return view.min();
  }
}
