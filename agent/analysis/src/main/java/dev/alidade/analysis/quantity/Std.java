package dev.alidade.analysis.quantity;

/** Population standard deviation of the finite values. */
public final class Std implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "std",
          "Standard deviation",
          "",
          "How far activations typically lie from their mean.",
          "definition",
          0,
          Double.NaN,
          "Activations");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.std();
  }
}
