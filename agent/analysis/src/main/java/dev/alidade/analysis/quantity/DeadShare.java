package dev.alidade.analysis.quantity;

/** Dead units ÷ units; NaN until a window is full. */
public final class DeadShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "dead_share",
          "Dead share",
          "ratio",
          "Share of units that were zero on every row of the last window of at least 1,000 rows.",
          "Lu et al. 2019, arXiv 1903.06733; window: own choice",
          0,
          1,
          "Units");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.windowFilled() ? Ratio.of(view.deadUnits(), view.units()) : Double.NaN;
  }
}
