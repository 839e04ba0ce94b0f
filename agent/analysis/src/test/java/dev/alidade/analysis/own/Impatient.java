package dev.alidade.analysis.own;

import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.LayerView;
import dev.alidade.analysis.quantity.QuantityInfo;

/** Fails whenever it is asked. */
public final class Impatient implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "impatient", "Impatient", "ratio", "Fails whenever it is asked.", "a test", 0, 1, "Own");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    throw new IllegalStateException("not now");
  }
}
