package dev.alidade.analysis.quantity;

/** Exact zeros ÷ finite values. */
public final class ZeroShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "zero_share",
          "Zeros",
          "ratio",
          "Share of activations that are exactly zero.",
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
    return Ratio.of(view.zeros(), view.finite());
  }
}
