package dev.alidade.analysis.quantity;

/** ‖A‖²_F / σ₁² of the centred observations A. */
public final class StableRank implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "stable_rank",
          "Stable rank",
          "",
          "All the variance of the layer over that of its strongest direction: 1 when one direction does everything.",
          "Rudelson and Vershynin 2007: ‖A‖²_F/σ₁², of the centred matrix",
          1,
          Double.NaN,
          "Geometry");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    double trace = 0;
    double most = 0;
    for (double variance : view.variances()) {
      trace += variance;
      most = Math.max(most, variance);
    }
    return most > 0 ? trace / most : Double.NaN;
  }

  @Override
  public Cost cost() {
    return Cost.SLOW;
  }
}
