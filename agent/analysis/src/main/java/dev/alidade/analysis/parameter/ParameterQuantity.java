package dev.alidade.analysis.parameter;

import dev.alidade.analysis.quantity.QuantityInfo;
import java.util.List;

/** One named statistic of one array of parameters, its gradient and its update. */
public interface ParameterQuantity {

  QuantityInfo info();

  /** NaN where there is none. */
  double of(ArrayStats weights, ArrayStats gradients, ArrayStats updates);

  /** The announced ones. Their order is the index on the wire: a new one goes to the end. */
  static List<ParameterQuantity> all() {
    return ParameterQuantities.ALL;
  }
}
