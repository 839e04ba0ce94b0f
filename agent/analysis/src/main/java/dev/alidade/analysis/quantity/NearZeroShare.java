package dev.alidade.analysis.quantity;

/**
 * Values with |h| &lt; 1e-3 RMS ÷ finite values: sparsity for activations that are never quite
 * zero.
 */
public final class NearZeroShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "near_zero_share",
          "Near zeros",
          "ratio",
          "Share of activations below a thousandth of the root mean square, zeros included.",
          "own choice of 1e-3",
          0,
          1,
          "Sparsity");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return Ratio.of(view.nearZeros(), view.finite());
  }
}
