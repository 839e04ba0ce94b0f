package dev.alidade.analysis.quantity;

/** Mean over units of −p ln p − (1−p) ln(1−p), p the unit's share of positive values. */
public final class SignEntropy implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "sign_entropy",
          "Sign entropy",
          "nats",
          "How undecided units are between positive and not: 0 when each keeps its sign, 0.69 when each is half and half.",
          "Qin et al. 2020 (IR-Net), arXiv 1909.10788",
          0,
          Math.log(2),
          "Sparsity shape");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    double sum = 0;
    int units = 0;
    for (int unit = 0; unit < view.units(); unit++) {
      double p = view.unitPositiveShare(unit);
      if (!Double.isNaN(p)) {
        units++;
        sum += p == 0 || p == 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
      }
    }
    return units == 0 ? Double.NaN : sum / units;
  }
}
