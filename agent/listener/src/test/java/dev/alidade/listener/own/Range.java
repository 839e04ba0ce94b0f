package dev.alidade.listener.own;

import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.LayerView;
import dev.alidade.analysis.quantity.QuantityInfo;

/** Largest value less the smallest. */
public final class Range implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "range", "Range", "", "Largest value less the smallest.", "a test", 0, Double.NaN, "Own");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.max() - view.min();
  }
}
