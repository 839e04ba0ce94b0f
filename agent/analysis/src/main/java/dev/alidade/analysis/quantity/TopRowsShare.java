package dev.alidade.analysis.quantity;

/** Share of observations on which the top unit is at least half of its largest |h|. */
public final class TopRowsShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "top_rows_share",
          "Rows of the top unit",
          "ratio",
          "Share of rows on which the strongest unit reaches half of its largest value: massive activations fire on few rows, always the same unit.",
          "own choice of a half; Sun et al. 2024, arXiv 2402.17762, name the tokens",
          0,
          1,
          "Massive activations");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.topRowsShare();
  }
}
