package dev.alidade.examples.graph;

import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Makes a graph's parameters, from a generator of its own so that they depend on nothing else. */
final class Parameters {
  private final SameDiff graph;
  private final DataType type;
  private final Random random;

  Parameters(SameDiff graph, DataType type, long seed) {
    this.graph = graph;
    this.type = type;
    this.random = new Random(seed);
  }

  /** Normal around 0. */
  SDVariable normal(String name, double deviation, int rows, int columns) {
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return graph.var(name, Nd4j.createFromArray(values).reshape(rows, columns).castTo(type));
  }

  /** Normal around 0, so that sums over the rows keep the variance of what they sum. */
  SDVariable weights(String name, int rows, int columns) {
    return normal(name, 1 / Math.sqrt(rows), rows, columns);
  }

  SDVariable zeros(String name, int length) {
    return graph.var(name, Nd4j.zeros(type, length));
  }

  SDVariable ones(String name, int length) {
    return graph.var(name, Nd4j.ones(type, length));
  }
}
