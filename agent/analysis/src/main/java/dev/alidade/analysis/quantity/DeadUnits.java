package dev.alidade.analysis.quantity;

/** Units zero on every row of the last full window; NaN until one is full. */
public final class DeadUnits implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "dead_units",
          "Dead units",
          "units",
          "Units that were zero on every row of the last window of at least 1,000 rows.",
          "Lu et al. 2019, arXiv 1903.06733; window: own choice",
          0,
          Double.NaN,
          "Units");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.windowFilled() ? view.deadUnits() : Double.NaN;
  }
}
