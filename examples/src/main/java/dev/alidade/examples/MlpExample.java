package dev.alidade.examples;

import dev.alidade.examples.digits.DigitBatches;
import dev.alidade.examples.digits.DigitSets;
import dev.alidade.listener.Alidade;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains 784-512-512-10 on digits. Records to {@code ./runs} and sends to a server where one
 * answers ({@code java -jar alidade.jar serve}).
 */
@Command(
    name = "mlp",
    mixinStandardHelpOptions = true,
    description = "Trains a multilayer perceptron on digits, watched by Alidade.")
public final class MlpExample implements Callable<Integer> {
  private static final int BATCH = 128;
  private static final int BATCHES_PER_EPOCH = 400;
  private static final int PROBE_ROWS = 256;

  @Mixin private final TrainingOptions options = new TrainingOptions();

  @Option(
      names = "--frozen",
      description = "Epochs at a learning rate of 0 in the end: what a map at rest looks like.")
  private int frozen;

  @Spec private CommandSpec command = CommandSpec.create();

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(Examples.run(new MlpExample(), args));
  }

  @Override
  public Integer call() throws IOException {
    DigitSets digits = options.digits();
    PrintWriter out = command.commandLine().getOut();
    MultiLayerNetwork network = Networks.mlp(options.seed);
    try (Alidade alidade =
        Alidade.builder()
            .run("digits-mlp")
            .every(options.every)
            .folder(options.folder)
            .probe(new DigitBatches(digits.test(), PROBE_ROWS, 1).next())
            .start()) {
      network.setListeners(alidade.listener(), ProgressLine.of(alidade, out));
      BooleanSupplier ended = options.timeIsUp();
      DigitBatches training =
          new DigitBatches(digits.training(), BATCH, BATCHES_PER_EPOCH).until(ended);
      for (int epoch = 0; epoch < options.epochs + frozen && !ended.getAsBoolean(); epoch++) {
        if (epoch == options.epochs) {
          network.setLearningRate(0);
          alidade.note("learning rate 0");
        }
        network.fit(training);
        double accuracy = Accuracy.of(network, digits.test());
        alidade.log("test_accuracy", accuracy);
        out.printf(Locale.ROOT, "epoch %d  test accuracy %.4f%n", epoch + 1, accuracy);
      }
    }
    return 0;
  }
}
