package dev.alidade.analysis.quantity;

/** Energy (Σ h²) of the ⌈units/100⌉ strongest units ÷ energy of all; NaN when there is none. */
public final class TopEnergyShare implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "top1_energy_share",
          "Energy of the top 1 %",
          "ratio",
          "Share of the summed squares that comes from the strongest hundredth of the units.",
          "own definition",
          0,
          1,
          "Sparsity shape");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    int n = view.finiteUnits();
    int first = n - (n + 99) / 100;
    double total = 0;
    double top = 0;
    for (int i = 0; i < n; i++) {
      double rms = view.risingRms()[i];
      total += rms * rms;
      if (i >= first) {
        top += rms * rms;
      }
    }
    return total == 0 ? Double.NaN : top / total;
  }
}
