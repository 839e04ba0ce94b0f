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
 * Trains 784-512-512-10 on digits, its maps drawn from a probe of 256 held-out digits. Records to
 * {@code ./runs} and sends to a server where one answers ({@code java -jar alidade.jar serve}).
 *
 * <p>How good and how calm such a map is:
 *
 * <pre>{@code
 * mvn -Pdemo -Ddemo.main=dev.alidade.examples.MlpExample \
 *     -Ddemo.jvm="-Dalidade.observations=true -Dalidade.analysisBudget=1 -Dalidade.server=none" \
 *     -Ddemo.args="--data MNIST --every 10 --epochs 2 --frozen 1 --seconds 400"
 * java -jar server/target/alidade.jar export runs/digits-mlp-….alidade --npz --layer dense2 --ticks
 * }</pre>
 *
 * <p>115 ticks of the second hidden layer, against scikit-learn's converged t-SNE of the same rows
 * at every tenth tick from the tenth on (MNIST's test images, 2 cores of an AMD EPYC, JDK 17):
 * trustworthiness −.005 and continuity +.009 in the mean, the worse of the two −.025 at the worst
 * tick; movement on the map follows movement in activity with Pearson .62, Spearman .85; with the
 * learning rate at 0 a unit moves .08 % of the map's RMS radius a tick, .19 % at the worst tick; 26
 * ms a tick.
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
