package dev.alidade.analysis.own;

import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.LayerView;
import dev.alidade.analysis.quantity.QuantityInfo;

/** Share of values below zero. */
public final class NegativeShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "negative_share",
          "NegativeShare",
          "ratio",
          "Share of values below zero.",
          "a test",
          0,
          1,
          "Own");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return (double) (view.finite() - view.zeros() - view.positives()) / view.finite();
  }
}
