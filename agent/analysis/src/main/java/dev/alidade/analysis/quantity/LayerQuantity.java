package dev.alidade.analysis.quantity;

/**
 * One named statistic of one layer. Stateless: what it needs of the past is in the view.
 *
 * <p>One's own is a public class with a public constructor without parameters, named in {@code
 * META-INF/services/dev.alidade.analysis.quantity.LayerQuantity}: {@link java.util.ServiceLoader}
 * finds it, and it is announced, computed and switched off like the others.
 */
public interface LayerQuantity {

  QuantityInfo info();

  /** The value for the last sample, NaN where there is none. Allocates nothing. */
  double of(LayerView view);

  /** What it costs; a slow one has a value in some samples only. */
  default Cost cost() {
    return Cost.SCAN;
  }
}
