package dev.alidade.examples;

import dev.alidade.examples.text.SurveyLog;
import dev.alidade.examples.text.TextBatches;
import dev.alidade.listener.Alidade;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Trains two LSTM layers to predict the next character of a made-up text. Records to {@code ./runs}
 * and sends to a server where one answers ({@code java -jar alidade.jar serve}).
 */
@Command(
    name = "lstm",
    mixinStandardHelpOptions = true,
    description = "Trains a character model on made-up text, watched by Alidade.")
public final class LstmExample implements Callable<Integer> {
  private static final int BATCH = 32;
  private static final int LENGTH = 48;
  private static final int UNITS = 128;
  private static final int BATCHES_PER_EPOCH = 200;

  @Mixin private final TrainingOptions options = new TrainingOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(Examples.run(new LstmExample(), args));
  }

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    MultiLayerNetwork network = Networks.lstm(options.seed, SurveyLog.CHARACTERS.length(), UNITS);
    TextBatches training = new TextBatches(options.seed, BATCH, LENGTH);
    try (Alidade alidade =
        Alidade.builder().run("survey-lstm").every(options.every).folder(options.folder).start()) {
      network.setListeners(alidade.listener(), ProgressLine.of(alidade, out));
      BooleanSupplier ended = options.timeIsUp();
      int iterations = options.epochs * BATCHES_PER_EPOCH;
      for (int i = 0; i < iterations && !ended.getAsBoolean(); i++) {
        network.fit(training.next());
      }
    }
    return 0;
  }
}
