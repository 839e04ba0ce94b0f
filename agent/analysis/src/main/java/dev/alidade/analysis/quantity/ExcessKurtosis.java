package dev.alidade.analysis.quantity;

/**
 * μ₄/μ₂² − 3 over the units' mean |h|, population moments. NaN for fewer than two units, and when
 * all are alike.
 */
public final class ExcessKurtosis implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "excess_kurtosis",
          "Excess kurtosis of units",
          "",
          "Above 0 when a few units are far stronger than the rest; 0 for a normal distribution.",
          "Olshausen & Field 2004; He et al. 2024, arXiv 2405.19279",
          -2,
          Double.NaN,
          "Sparsity shape");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    int n = view.finiteUnits();
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += view.risingMeanAbs()[i];
    }
    mean /= n;
    double second = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      double square = view.risingMeanAbs()[i] - mean;
      square *= square;
      second += square;
      fourth += square * square;
    }
    return n < 2 || second == 0 ? Double.NaN : n * fourth / (second * second) - 3;
  }
}
