package dev.alidade.benchmarks;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A ReLU network that learns digits, Adam 1e-3, batch 128, as the specification's named run, and
 * what its second hidden layer says between ticks of ten iterations.
 */
final class LayoutRun {
  static final int BATCH = 128;
  private static final int ITERATIONS = 10;
  private static final int TRAINED = 8000;
  private static final int MOST_FIRST = 512;

  private final MultiLayerNetwork network;
  private final SourceDigits digits;
  private final Random random = new Random(3);
  private final INDArray probe;
  private INDArray last;

  LayoutRun(SourceDigits digits, int units, int rows) {
    this.digits = digits;
    int first = units > 4096 ? 256 : Math.min(units, MOST_FIRST);
    network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .weightInit(WeightInit.RELU)
                .list()
                .layer(dense(SourceDigits.PIXELS, first))
                .layer(dense(first, units))
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(units)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    float[][] held = new float[rows][];
    for (int r = 0; r < rows; r++) {
      held[r] = digits.pixels()[TRAINED + r];
    }
    probe = Nd4j.create(held);
    last = batch().getFeatures();
  }

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.RELU).build();
  }

  private DataSet batch() {
    float[][] features = new float[BATCH][];
    float[][] labels = new float[BATCH][10];
    for (int r = 0; r < BATCH; r++) {
      int i = random.nextInt(TRAINED);
      features[r] = digits.pixels()[i];
      labels[r][digits.labels()[i]] = 1;
    }
    return new DataSet(Nd4j.create(features), Nd4j.create(labels));
  }

  /** Trains until the next tick. */
  void train() {
    for (int i = 0; i < ITERATIONS; i++) {
      DataSet batch = batch();
      network.fit(batch);
      last = batch.getFeatures();
    }
  }

  /** The layer's activity on the rows held out, [rows x units]. */
  float[] probe() {
    return second(probe);
  }

  /** The layer's activity on the rows trained on last, [128 x units]. */
  float[] stream() {
    return second(last);
  }

  private float[] second(INDArray input) {
    return network.feedForwardToLayer(1, input, false).get(2).dup('c').data().asFloat();
  }
}
