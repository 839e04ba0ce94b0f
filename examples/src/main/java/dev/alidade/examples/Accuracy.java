package dev.alidade.examples;

import dev.alidade.examples.digits.DigitBatches;
import dev.alidade.examples.digits.Digits;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The share of digits that a network names rightly. */
final class Accuracy {
  private static final int BATCH = 200;
  private static final int BATCHES = 5;

  private Accuracy() {}

  /** Over the first thousand digits, or as many as there are. */
  static double of(MultiLayerNetwork network, Digits digits) {
    int batch = (int) Math.min(BATCH, digits.size());
    int batches = (int) Math.min(BATCHES, digits.size() / batch);
    return network.evaluate(new DigitBatches(digits, batch, batches)).accuracy();
  }
}
