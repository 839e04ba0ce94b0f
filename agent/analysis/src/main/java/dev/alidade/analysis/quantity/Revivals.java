package dev.alidade.analysis.quantity;

/**
 * Units that were active once, dead in the window before the last full one, and active in the last.
 */
public final class Revivals implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "revivals",
          "Revivals",
          "units",
          "Units that had died and are active again in the last window.",
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
    return view.windowFilled() ? view.revivals() : Double.NaN;
  }
}
