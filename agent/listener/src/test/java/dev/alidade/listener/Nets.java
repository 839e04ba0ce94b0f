package dev.alidade.listener;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and data for tests; the same ones at every call. */
final class Nets {
  static final int INPUTS = 6;
  static final int CLASSES = 3;

  private Nets() {}

  private static NeuralNetConfiguration.Builder base(DataType type) {
    return new NeuralNetConfiguration.Builder().seed(7).dataType(type).updater(new Adam(0.01));
  }

  private static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX);
  }

  /** Two hidden layers; {@code keep} below 1 puts dropout on every layer, the output included. */
  static MultiLayerNetwork mlp(DataType type, double keep) {
    MultiLayerConfiguration conf =
        base(type)
            .list()
            .layer(new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build())
            .layer(dropped(new DenseLayer.Builder().nOut(5), keep).build())
            .layer(keep < 1 ? output().dropOut(keep).build() : output().build())
            .setInputType(InputType.feedForward(INPUTS))
            .build();
    return started(new MultiLayerNetwork(conf));
  }

  private static DenseLayer.Builder dropped(DenseLayer.Builder layer, double keep) {
    layer.activation(Activation.TANH);
    return keep < 1 ? layer.dropOut(keep) : layer;
  }

  static MultiLayerNetwork cnn(DataType type) {
    MultiLayerConfiguration conf =
        base(type)
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build())
            .layer(new BatchNormalization())
            .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
            .layer(new DenseLayer.Builder().nOut(7).activation(Activation.RELU).build())
            .layer(output().build())
            .setInputType(InputType.convolutional(8, 8, 1))
            .build();
    return started(new MultiLayerNetwork(conf));
  }

  /** An LSTM over ten steps in segments of five. */
  static MultiLayerNetwork lstm(DataType type) {
    MultiLayerConfiguration conf =
        base(type)
            .list()
            .layer(new LSTM.Builder().nOut(6).activation(Activation.TANH).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTLength(5)
            .setInputType(InputType.recurrent(INPUTS))
            .build();
    return started(new MultiLayerNetwork(conf));
  }

  /** Two branches, merged, and a sum around a layer. */
  static ComputationGraph graph(DataType type) {
    ComputationGraphConfiguration conf =
        base(type)
            .graphBuilder()
            .addInputs("in")
            .addLayer("left", dense(5, Activation.RELU), "in")
            .addLayer("right", dense(4, Activation.TANH), "in")
            .addVertex("merge", new MergeVertex(), "left", "right")
            .addLayer("mid", dense(9, Activation.SIGMOID), "merge")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "merge", "mid")
            .addLayer("out", output().build(), "sum")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(INPUTS))
            .build();
    ComputationGraph graph = new ComputationGraph(conf);
    graph.init();
    return graph;
  }

  private static DenseLayer dense(int units, Activation activation) {
    return new DenseLayer.Builder().nOut(units).activation(activation).build();
  }

  private static MultiLayerNetwork started(MultiLayerNetwork net) {
    net.init();
    return net;
  }

  /** Batches of a size for flat inputs. */
  static List<DataSet> flat(int batches, int rows) {
    return data(batches, rows, INPUTS);
  }

  /** Batches of images of 8 by 8. */
  static List<DataSet> images(int batches, int rows) {
    return data(batches, rows, 1, 8, 8);
  }

  /** Batches of sequences of ten steps with a class at each. */
  static List<DataSet> sequences(int batches, int rows) {
    Random random = new Random(3);
    List<DataSet> all = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, CLASSES, 10);
      for (int row = 0; row < rows; row++) {
        for (int step = 0; step < 10; step++) {
          labels.putScalar(row, random.nextInt(CLASSES), step, 1);
        }
      }
      all.add(new DataSet(values(random, rows, INPUTS, 10), labels));
    }
    return all;
  }

  private static List<DataSet> data(int batches, int rows, int... shape) {
    Random random = new Random(3);
    List<DataSet> all = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, CLASSES);
      for (int row = 0; row < rows; row++) {
        labels.putScalar(row, random.nextInt(CLASSES), 1);
      }
      int[] whole = new int[shape.length + 1];
      whole[0] = rows;
      System.arraycopy(shape, 0, whole, 1, shape.length);
      all.add(new DataSet(values(random, whole), labels));
    }
    return all;
  }

  /** Values drawn without ND4J's own generator, which belongs to the training. */
  private static INDArray values(Random random, int... shape) {
    long[] sides = Arrays.stream(shape).asLongStream().toArray();
    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.create(values, sides, 'c');
  }
}
