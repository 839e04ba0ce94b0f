package dev.alidade.analysis.quantity;

/** Count of positive and negative infinities. */
public final class InfCount implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "inf_count",
          "Infinities",
          "values",
          "Activations that have overflowed; any at all means the training is broken here.",
          "definition",
          0,
          Double.NaN,
          "Health");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.infinities();
  }
}
