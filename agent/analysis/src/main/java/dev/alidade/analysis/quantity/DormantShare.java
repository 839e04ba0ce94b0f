package dev.alidade.analysis.quantity;

/**
 * Units with E|h_i| / mean_k E|h_k| ≤ τ, τ = 0.025, in this sample. Where all units are zero the
 * quotient is 0/0, and all are dormant.
 */
public final class DormantShare implements LayerQuantity {
  private static final double TAU = 0.025;
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "dormant_share",
          "Dormant units",
          "ratio",
          "Share of units whose activations are tiny beside those of the other units of the layer.",
          "Sokar et al. 2023 (ReDo), arXiv 2302.12902",
          0,
          1,
          "Units");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    double total = 0;
    for (int i = 0; i < view.finiteUnits(); i++) {
      total += view.risingMeanAbs()[i];
    }
    double limit = TAU * total / view.finiteUnits();
    int dormant = 0;
    while (dormant < view.finiteUnits() && view.risingMeanAbs()[dormant] <= limit) {
      dormant++;
    }
    return Ratio.of(dormant, view.finiteUnits());
  }
}
