package dev.alidade.analysis.quantity;

/** One named statistic of one layer. Stateless: what it needs of the past is in the view. */
public interface LayerQuantity {

  QuantityInfo info();

  /** The value for the last sample, NaN where there is none. Allocates nothing. */
  double of(LayerView view);
}
