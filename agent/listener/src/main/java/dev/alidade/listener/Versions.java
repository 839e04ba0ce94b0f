package dev.alidade.listener;

import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** What the description says of the program that trains. */
final class Versions {
  private Versions() {}

  static String agent() {
    return Objects.requireNonNullElse(
        Alidade.class.getPackage().getImplementationVersion(), "0.1.0-SNAPSHOT");
  }

  /** Of Deeplearning4j; empty when its jar does not say. */
  static String framework() {
    return Objects.requireNonNullElse(
        MultiLayerNetwork.class.getPackage().getImplementationVersion(), "");
  }

  /** Of ND4J: "CpuBackend". */
  static String backend() {
    return Nd4j.getBackend().getClass().getSimpleName();
  }
}
