package dev.alidade.analysis.quantity;

/** Share of the eigen-directions that hold 99 % of the variance. */
public final class LayerSaturation implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "layer_saturation",
          "Layer saturation",
          "ratio",
          "Directions needed for 99 % of the variance, per unit of the layer; over 256 rows at most.",
          "Richter et al. 2020 (delve), arXiv 2006.08679",
          0,
          1,
          "Geometry");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    double trace = 0;
    for (double variance : view.variances()) {
      trace += variance;
    }
    double held = 0;
    int directions = 0;
    for (double variance : view.variances()) {
      if (held < 0.99 * trace) {
        held += variance;
        directions++;
      }
    }
    return trace > 0 ? (double) directions / view.units() : Double.NaN;
  }

  @Override
  public Cost cost() {
    return Cost.SLOW;
  }
}
