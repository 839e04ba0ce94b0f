package dev.alidade.analysis.quantity;

/** exp of the entropy of the singular values σ over their sum; of the centred observations. */
public final class EffectiveRank implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "effective_rank",
          "Effective rank",
          "",
          "How many directions the layer uses, counted by the entropy of its singular values; over 256 rows at most, so at most 255.",
          "Roy and Vetterli 2007, of the centred matrix",
          1,
          Double.NaN,
          "Geometry");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    double[] variances = view.variances();
    double sum = 0;
    for (double variance : variances) {
      sum += Math.sqrt(variance);
    }
    double entropy = 0;
    for (double variance : variances) {
      double p = Math.sqrt(variance) / sum;
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return sum > 0 ? Math.exp(entropy) : Double.NaN;
  }

  @Override
  public Cost cost() {
    return Cost.SLOW;
  }
}
