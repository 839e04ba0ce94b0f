package dev.alidade.agent;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A program that knows nothing of Alidade. Arguments: iterations, how it ends, what it trains. */
final class Training {
  private static final String[] OURS = {
    "dev.alidade.listener.Alidade",
    "dev.alidade.agent.inside.Installer",
    "dev.alidade.agent.model.Watcher",
    "com.google.protobuf.Message",
    "org.sqlite.JDBC",
    "net.bytebuddy.ByteBuddy"
  };

  private Training() {}

  public static void main(String[] arguments) throws Exception {
    int iterations = Integer.parseInt(arguments[0]);
    String end = arguments[1];
    Nd4j.getRandom().setSeed(7);
    DataSet data = new DataSet(Nd4j.rand(16, 6), Nd4j.eye(4).repeat(0, 4));
    MultiLayerNetwork net = network();
    ComputationGraph graph = graph();
    System.out.println("ready");
    for (int i = 0; i < iterations || iterations == 0; i++) {
      net.fit(data);
      graph.fit(data);
      if (i == 3) {
        // Replaces every listener, ours too.
        net.setListeners(new CollectScoresIterationListener());
      }
      if (iterations == 0) {
        Thread.sleep(5); // runs until it is ended
      }
    }
    System.out.println("parameters " + bits(net.params()) + " " + bits(graph.params()));
    System.out.println("visible " + visible());
    switch (end) {
      case "exit" -> System.exit(0);
      case "throw" -> throw new IllegalStateException("the program's own");
      default -> {}
    }
  }

  private static int bits(INDArray parameters) {
    return Arrays.hashCode(parameters.data().asFloat());
  }

  private static String visible() {
    StringBuilder visible = new StringBuilder();
    for (String name : OURS) {
      try {
        Class.forName(name);
        visible.append(' ').append(name);
      } catch (ClassNotFoundException e) {
        // As it should be.
      }
    }
    return visible.isEmpty() ? "none" : visible.toString();
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(0.01))
        .activation(Activation.RELU);
  }

  private static DenseLayer dense(String name, int in) {
    return new DenseLayer.Builder().name(name).nIn(in).nOut(8).build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder()
        .name("out")
        .nIn(8)
        .nOut(4)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(builder().list().layer(dense("first", 6)).layer(output()).build());
    net.init();
    return net;
  }

  private static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", dense("hidden", 6), "in")
                .addLayer("out", output(), "hidden")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }
}
