package dev.alidade.analysis.quantity;

/**
 * Share of a layer's values that the layer it feeds would not miss, at a cumulative error of tail
 * truncation of 0.2. The weights are needed for it, so a probe works it out and no scan has it.
 */
public final class CettSparsity implements LayerQuantity {
  /** The error that is allowed. */
  public static final double TARGET = 0.2;

  private static final QuantityInfo INFO =
      new QuantityInfo(
          "cett_sparsity",
          "Sparsity at CETT 0.2",
          "ratio",
          "Share of values that can be cut before a fifth of what the next layer gets is lost; of the probe batch.",
          "Luo et al. 2024 (Sparsing Law), arXiv 2411.02335, §3.1; 0.2 is an own choice",
          0,
          1,
          "Sparsity");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.cettSparsity();
  }

  @Override
  public Cost cost() {
    return Cost.SLOW;
  }
}
