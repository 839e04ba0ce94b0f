package dev.alidade.listener;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** What the description says of the program that trains. */
final class Versions {
  private Versions() {}

  /** Of the agent; empty when it does not run from its jar. */
  static String agent() {
    return of(Alidade.class, "dev.alidade", "alidade-listener");
  }

  /** Of Deeplearning4j; empty when its jar does not say. */
  static String framework() {
    return of(MultiLayerNetwork.class, "org.deeplearning4j", "deeplearning4j-nn");
  }

  /** Of ND4J: "CpuBackend". */
  static String backend() {
    return Nd4j.getBackend().getClass().getSimpleName();
  }

  /** Maven writes the version into every jar that it makes; manifests often lack it. */
  private static String of(Class<?> type, String group, String artifact) {
    String path = "/META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
    try (InputStream content = type.getResourceAsStream(path)) {
      Properties properties = new Properties();
      if (content != null) {
        properties.load(content);
      }
      return properties.getProperty("version", "");
    } catch (IOException e) {
      return "";
    }
  }
}
