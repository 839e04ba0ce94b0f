package dev.alidade.analysis.own;

import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.LayerView;
import dev.alidade.analysis.quantity.QuantityInfo;

/** Takes a name that is not free. */
public final class SecondMean implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "mean", "SecondMean", "ratio", "Takes a name that is not free.", "a test", 0, 1, "Own");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.mean();
  }
}
