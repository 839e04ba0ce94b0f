package dev.alidade.listener.own;

import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.LayerView;
import dev.alidade.analysis.quantity.QuantityInfo;

/** Fails whenever it is asked. */
public final class Impatient implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "impatient",
          "Impatient",
          "",
          "Fails whenever it is asked.",
          "a test",
          0,
          Double.NaN,
          "Own");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    throw new IllegalStateException("not now");
  }
}
