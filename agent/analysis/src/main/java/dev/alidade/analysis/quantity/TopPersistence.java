package dev.alidade.analysis.quantity;

/** Share of the last 50 samples (fewer at the start) whose top unit is that of the last sample. */
public final class TopPersistence implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "top_persistence",
          "Top unit persistence",
          "ratio",
          "Share of the last 50 samples in which the strongest unit was the one of now.",
          "own choice of 50",
          0,
          1,
          "Massive activations");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.topPersistence();
  }
}
