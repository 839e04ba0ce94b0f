package dev.alidade.examples;

import dev.alidade.examples.digits.DigitBatches;
import dev.alidade.examples.digits.DrawnDigits;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small seeded convolutional network that trains on drawn digits until it is closed. */
final class BackgroundTraining implements AutoCloseable {
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;

  BackgroundTraining(TrainingListener... listeners) {
    MultiLayerNetwork network = network();
    network.setListeners(listeners);
    DigitBatches batches =
        new DigitBatches(new DrawnDigits(1), 16, Integer.MAX_VALUE).until(ended::get);
    thread = new Thread(() -> network.fit(batches), "training");
    thread.setUncaughtExceptionHandler((where, e) -> failure.set(e));
    thread.start();
  }

  static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .list()
                .layer(
                    new ConvolutionLayer.Builder(5, 5)
                        .name("conv1")
                        .stride(2, 2)
                        .nOut(20)
                        .activation(Activation.RELU)
                        .build())
                .layer(new SubsamplingLayer.Builder().name("pool1").build())
                .layer(
                    new DenseLayer.Builder()
                        .name("dense1")
                        .nOut(96)
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .name("out")
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build());
    network.init();
    return network;
  }

  /** Ends the training; fails when it failed. */
  @Override
  public void close() throws InterruptedException {
    ended.set(true);
    thread.join();
    if (failure.get() != null) {
      throw new AssertionError("the training failed", failure.get());
    }
  }
}
