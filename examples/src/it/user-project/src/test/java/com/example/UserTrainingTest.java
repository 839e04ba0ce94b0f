package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.alidade.listener.Alidade;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The three lines of the README in somebody else's project. */
class UserTrainingTest {
  @TempDir Path folder;

  @Test
  void training_withTheListener_leavesARecording() throws Exception {
    MultiLayerNetwork net = network();
    try (var alidade =
        Alidade.builder().run("user").every(2).folder(folder).server("none").start()) {
      net.addListeners(alidade.listener());
      for (int i = 0; i < 20; i++) {
        net.fit(batch(i));
      }
    }

    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.collect(Collectors.toList());
    }
    assertEquals(1, files.size(), () -> "one self-contained file: " + files);
    Path file = files.get(0);
    assertTrue(file.getFileName().toString().matches("user-.{26}\\.alidade"), file::toString);
    try (InputStream in = Files.newInputStream(file)) {
      String magic = new String(in.readNBytes(15), StandardCharsets.US_ASCII);
      assertEquals("SQLite format 3", magic);
    }
    assertTrue(Files.size(file) > 8192, () -> file + " is empty");
  }

  @Test
  void classpath_ofAListenerUser_hasNoServer() {
    assertThrows(ClassNotFoundException.class, () -> Class.forName("io.vertx.core.Vertx"));
    assertThrows(
        ClassNotFoundException.class, () -> Class.forName("io.netty.channel.Channel"));
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName("io.micrometer.core.instrument.MeterRegistry"));
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-2))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(16).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(16)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    net.init();
    return net;
  }

  private static DataSet batch(int seed) {
    Random random = new Random(seed);
    float[][] features = new float[8][4];
    float[][] labels = new float[8][2];
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 4; column++) {
        features[row][column] = random.nextFloat();
      }
      labels[row][features[row][0] > 0.5 ? 1 : 0] = 1;
    }
    return new DataSet(Nd4j.create(features), Nd4j.create(labels));
  }
}
