package dev.alidade.analysis.quantity;

/** Count of NaN: shown, never replaced. */
public final class NanCount implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "nan_count",
          "NaN",
          "values",
          "Activations that are not a number; any at all means the training is broken here.",
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
    return view.nans();
  }
}
