package dev.alidade.analysis.quantity;

/** Units active in the last full window and in none before it. */
public final class Births implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "births",
          "Births",
          "units",
          "Units that became active for the first time in the last window.",
          "own definition",
          0,
          Double.NaN,
          "Units");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.windowFilled() ? view.births() : Double.NaN;
  }
}
