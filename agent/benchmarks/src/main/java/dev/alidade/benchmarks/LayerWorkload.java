package dev.alidade.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network and a few batches to train it on, always the same.
 *
 * @param name what the table calls it
 * @param network the network, initialised
 * @param batches the batches, in the order they are used
 */
record LayerWorkload(String name, MultiLayerNetwork network, List<DataSet> batches)
    implements Workload {
  private static final int BATCHES = 8;
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;

  /** Four hidden layers of 1,024 units, batch 128: 2.1 MB of activations an iteration. */
  static Workload mlp() {
    var list = base().list();
    for (int i = 1; i <= 4; i++) {
      list.layer(
          new DenseLayer.Builder()
              .name("dense" + i)
              .nOut(1024)
              .activation(Activation.RELU)
              .build());
    }
    list.layer(output()).setInputType(InputType.feedForward(PIXELS));
    return of("MLP 4x1024 b128", new MultiLayerNetwork(list.build()), 128);
  }

  /** The demo's convolutional network, batch 64: 4.6 MB of activations an iteration. */
  static Workload lenet() {
    var configuration =
        base()
            .list()
            .layer(convolution("conv1", 20))
            .layer(pooling("pool1"))
            .layer(convolution("conv2", 50))
            .layer(pooling("pool2"))
            .layer(
                new DenseLayer.Builder()
                    .name("dense1")
                    .nOut(500)
                    .activation(Activation.RELU)
                    .build())
            .layer(output())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    return of("LeNet b64", new MultiLayerNetwork(configuration), 64);
  }

  @Override
  public void watchedBy(Contender contender) {
    TimedListener listener = contender.listener();
    if (listener == null) {
      network.setListeners(List.of());
    } else {
      network.setListeners(listener);
    }
  }

  @Override
  public void train(int iterations) {
    for (int i = 0; i < iterations; i++) {
      network.fit(batches.get(i % batches.size()));
    }
  }

  private static Workload of(String name, MultiLayerNetwork network, int batch) {
    network.init();
    List<DataSet> batches = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < BATCHES; i++) {
      float[] features = new float[batch * PIXELS];
      float[] labels = new float[batch * CLASSES];
      for (int j = 0; j < features.length; j++) {
        features[j] = Math.max(0, (float) random.nextGaussian());
      }
      for (int row = 0; row < batch; row++) {
        labels[row * CLASSES + random.nextInt(CLASSES)] = 1;
      }
      batches.add(
          new DataSet(
              Nd4j.createFromArray(features).reshape(batch, PIXELS),
              Nd4j.createFromArray(labels).reshape(batch, CLASSES)));
    }
    return new LayerWorkload(name, network, List.copyOf(batches));
  }

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(new Adam(1e-4))
        .weightInit(WeightInit.RELU);
  }

  private static ConvolutionLayer convolution(String name, int filters) {
    return new ConvolutionLayer.Builder(5, 5)
        .name(name)
        .nOut(filters)
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

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .name("out")
        .nOut(CLASSES)
        .weightInit(WeightInit.XAVIER)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
