package dev.alidade.analysis.quantity;

/**
 * Units active on &lt; 0.1 % of the rows of the last full window ÷ units: the "dead" of Sparsing
 * Law.
 */
public final class RarelyActiveShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "rarely_active_share",
          "Rarely active",
          "ratio",
          "Share of units active on fewer than one row in a thousand, dead ones included.",
          "Luo et al. 2024 (Sparsing Law), arXiv 2411.02335",
          0,
          1,
          "Units");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.windowFilled() ? Ratio.of(view.rarelyActiveUnits(), view.units()) : Double.NaN;
  }
}
