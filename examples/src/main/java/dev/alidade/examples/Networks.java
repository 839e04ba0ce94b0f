package dev.alidade.examples;

import dev.alidade.examples.digits.Digits;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks of the examples, initialised and ready to train. */
public final class Networks {
  private Networks() {}

  /**
   * A convolutional network for digits after LeCun et al., "Gradient-based learning applied to
   * document recognition" (1998): 20 and 50 filters of 5 × 5, each pooled, then 500 units.
   */
  public static MultiLayerNetwork lenet(long seed) {
    return ready(
        base(seed)
            .list()
            .layer(convolution("conv1", 20))
            .layer(pooling("pool1"))
            .layer(convolution("conv2", 50))
            .layer(pooling("pool2"))
            .layer(dense("dense1", 500))
            .layer(output(Digits.CLASSES))
            .setInputType(InputType.convolutionalFlat(Digits.SIDE, Digits.SIDE, 1))
            .build());
  }

  /** A network of two dense hidden layers for digits: 784-512-512-10. */
  public static MultiLayerNetwork mlp(long seed) {
    return ready(
        base(seed)
            .list()
            .layer(dense("dense1", 512))
            .layer(dense("dense2", 512))
            .layer(output(Digits.CLASSES))
            .setInputType(InputType.feedForward(Digits.PIXELS))
            .build());
  }

  /** A small network for digits, quickly trained: 784-256-128-10. */
  static MultiLayerNetwork small(long seed) {
    return ready(
        base(seed)
            .list()
            .layer(dense("hidden1", 256))
            .layer(dense("hidden2", 128))
            .layer(output(Digits.CLASSES))
            .setInputType(InputType.feedForward(Digits.PIXELS))
            .build());
  }

  /** A character model: two recurrent layers and the next character's probabilities. */
  public static MultiLayerNetwork lstm(long seed, int characters, int units) {
    return ready(
        base(seed)
            .list()
            .layer(new LSTM.Builder().name("lstm1").nOut(units).build())
            .layer(new LSTM.Builder().name("lstm2").nOut(units).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .name("out")
                    .nOut(characters)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.recurrent(characters))
            .build());
  }

  private static NeuralNetConfiguration.Builder base(long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.XAVIER);
  }

  private static ConvolutionLayer convolution(String name, int filters) {
    return new ConvolutionLayer.Builder(5, 5)
        .name(name)
        .nOut(filters)
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .build();
  }

  private static SubsamplingLayer pooling(String name) {
    return new SubsamplingLayer.Builder(PoolingType.MAX)
        .name(name)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  private static DenseLayer dense(String name, int units) {
    return new DenseLayer.Builder()
        .name(name)
        .nOut(units)
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .build();
  }

  private static OutputLayer output(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .name("out")
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static MultiLayerNetwork ready(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
