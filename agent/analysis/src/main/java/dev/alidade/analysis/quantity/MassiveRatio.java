package dev.alidade.analysis.quantity;

/**
 * r(t) = mean over sequences of max |h| ÷ mean over sequences of median |h|: a ratio of means, not
 * a mean of ratios. A sequence is one row with all its units and positions: an example of a dense
 * layer, an example's whole feature maps of a convolution, an example's steps times features of a
 * recurrent layer. NaN where the median is zero, as in a ReLU layer that is mostly silent.
 */
public final class MassiveRatio implements LayerQuantity {
  private static final QuantityInfo INFO =
      new QuantityInfo(
          "massive_ratio",
          "Largest ÷ median",
          "",
          "How many times the typical activation the largest one is.",
          "Gallego-Feliciano et al. 2025, arXiv 2508.03616",
          1,
          Double.NaN,
          "Massive activations");

  @Override
  public QuantityInfo info() {
    return INFO;
  }

  @Override
  public double of(LayerView view) {
    double median = view.meanSequenceMedian();
    return median > 0 ? view.meanSequenceMax() / median : Double.NaN;
  }
}
