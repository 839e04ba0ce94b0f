package dev.alidade.analysis.quantity;

/** Square root of the mean of h². */
public final class Rms implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "rms",
          "Root mean square",
          "",
          "Typical size of an activation, large ones weighing more.",
          "definition",
          0,
          Double.NaN,
          "Activations");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    return view.rms();
  }
}
