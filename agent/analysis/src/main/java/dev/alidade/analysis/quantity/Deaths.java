package dev.alidade.analysis.quantity;

/** Units active in the window before the last full one, and zero in all of the last. */
public final class Deaths implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "deaths",
          "Deaths",
          "units",
          "Units that were active one window ago and are dead in the last one.",
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
    return view.windowFilled() ? view.deaths() : Double.NaN;
  }
}
