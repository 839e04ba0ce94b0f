package dev.alidade.examples;

import dev.alidade.examples.digits.DigitBatches;
import dev.alidade.examples.digits.DigitSets;
import dev.alidade.listener.Alidade;
import dev.alidade.server.AlidadeServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The whole product in one process: a server, a small convolutional network that trains in under
 * two minutes, and the listener between them. Prints the page's address, and stays up afterwards so
 * that the page can replay the run, until Ctrl-C.
 *
 * <pre>{@code
 * mvn -Pdemo
 * mvn -Pdemo -Ddemo.args="--data /path/to/mnist --epochs 2"
 * }</pre>
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Trains a small network on digits and shows it live in the browser.")
public final class Demo implements Callable<Integer> {
  private static final int BATCH = 32;
  private static final int BATCHES_PER_EPOCH = 200;

  @Mixin private final TrainingOptions options = new TrainingOptions();

  @Option(
      names = "--port",
      description = "Of the page (default ${DEFAULT-VALUE}, or the next free).")
  private int port = 8790;

  @Option(names = "--runs", description = "Folder of the server's recordings (~/.alidade/runs).")
  private @Nullable Path runs;

  @Option(names = "--tokens", description = "The server's tokens file (~/.alidade/tokens).")
  private @Nullable Path tokens;

  @Option(names = "--no-wait", description = "Stop when the training ends.")
  private boolean stopAfterTraining;

  @Spec private CommandSpec command = CommandSpec.create();

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(Examples.run(new Demo(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    DigitSets digits = options.digits();
    try (AlidadeServer server = DemoServer.start(port, runs, tokens, out)) {
      out.printf(Locale.ROOT, "%nOpen  %s%n%n", server.link());
      train(digits, server, out);
      if (!stopAfterTraining) {
        out.printf(Locale.ROOT, "%nThe run can be replayed at  %s%nCtrl-C stops.%n", server.link());
        new CountDownLatch(1).await();
      }
    }
    return 0;
  }

  private void train(DigitSets digits, AlidadeServer server, PrintWriter out) {
    MultiLayerNetwork network = Networks.lenet(options.seed);
    try (Alidade alidade = watch(server)) {
      network.setListeners(
          alidade.listener(),
          new ProgressLine(alidade, server.uri().toString(), out, System::nanoTime));
      BooleanSupplier ended = options.timeIsUp();
      DigitBatches training =
          new DigitBatches(digits.training(), BATCH, BATCHES_PER_EPOCH).until(ended);
      for (int epoch = 0; epoch < options.epochs && !ended.getAsBoolean(); epoch++) {
        network.fit(training);
        double accuracy = Accuracy.of(network, digits.test());
        alidade.log("test_accuracy", accuracy);
        out.printf(Locale.ROOT, "epoch %d  test accuracy %.4f%n", epoch + 1, accuracy);
      }
    }
  }

  private Alidade watch(AlidadeServer server) {
    Alidade.Builder builder =
        Alidade.builder()
            .run("digits-lenet")
            .every(options.every)
            .folder(options.folder)
            .server(server.uri().toString());
    if (tokens != null) {
      builder.tokens(tokens);
    }
    return builder.start();
  }
}
