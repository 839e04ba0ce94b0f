package dev.alidade.analysis.quantity;

/** (Tr C)² / ‖C‖²_F of the covariance C of the units. */
public final class ParticipationRatio implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "participation_ratio",
          "Participation ratio",
          "",
          "How many directions share the variance of the layer; over 256 rows at most, so at most 255.",
          "(Tr C)²/‖C‖²_F; Gao and Ganguli 2015",
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
    double squares = 0;
    for (double variance : view.variances()) {
      trace += variance;
      squares += variance * variance;
    }
    return trace > 0 ? trace * trace / squares : Double.NaN;
  }

  @Override
  public Cost cost() {
    return Cost.SLOW;
  }
}
