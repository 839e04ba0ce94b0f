package dev.alidade.analysis.quantity;

/**
 * Median of |h|, exact; of an even count the lower middle value, as in the reference code of Sun et
 * al.
 */
public final class MedianAbs implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "median_abs",
          "Median |h|",
          "",
          "Half of all activations are at most this large.",
          "Sun et al. 2024, arXiv 2402.17762",
          0,
          Double.NaN,
          "Activations");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.medianAbs();
  }
}
