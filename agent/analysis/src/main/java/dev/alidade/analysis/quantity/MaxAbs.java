package dev.alidade.analysis.quantity;

/** Greatest |h| among the finite values. */
public final class MaxAbs implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "max_abs",
          "Largest |h|",
          "",
          "Size of the largest activation, whatever its sign.",
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
    return view.maxAbs();
  }
}
