package dev.alidade.analysis.quantity;

/**
 * Mean over rows of the share of units that are not zero (3.0 % in a trained T5-Base). Every row
 * has as many units, so this is the share of non-zeros among the finite values.
 */
public final class LazyShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "lazy_share",
          "Active share",
          "ratio",
          "Share of units that answer an average observation at all.",
          "Li et al. 2022, arXiv 2210.06313",
          0,
          1,
          "Sparsity");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return Ratio.of(view.finite() - view.zeros(), view.finite());
  }
}
