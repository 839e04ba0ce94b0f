package dev.alidade.examples;

import dev.alidade.examples.graph.Transformer;
import dev.alidade.examples.graph.WarmUp;
import dev.alidade.examples.text.CharText;
import dev.alidade.examples.text.TextWindows;
import dev.alidade.listener.Alidade;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a causal transformer on the characters of a text: in under five minutes it is clearly
 * below the entropy of the text's pairs of characters. Records to {@code ./runs} and sends to a
 * server where one answers ({@code java -jar alidade.jar serve}).
 *
 * <pre>{@code
 * mvn -Pdemo -Ddemo.main=dev.alidade.examples.CharTransformer -Ddemo.args="--text book.txt"
 * }</pre>
 *
 * <p>Without {@code --text} it learns a made-up surveyor's log. At the end it prints, for every
 * block, how massive the largest activation is and how many of the MLP's neurons a token uses.
 */
@Command(
    name = "transformer",
    mixinStandardHelpOptions = true,
    description = "Trains a character transformer in SameDiff, watched by Alidade.")
public final class CharTransformer implements Callable<Integer> {
  private static final int BATCH = 16;
  private static final int LENGTH = 64;
  private static final int VALIDATION_BATCHES = 8;
  private static final int MADE_CHARACTERS = 200_000;
  private static final double LEARNING_RATE = 3e-3;
  private static final int WARM_UP = 50;

  @Option(names = "--text", description = "A text in UTF-8; without it, one is made up.")
  private @Nullable Path text;

  @Option(names = "--layers", description = "Blocks (default ${DEFAULT-VALUE}).")
  private int layers = 2;

  @Option(names = "--width", description = "Of the residual stream (${DEFAULT-VALUE}).")
  private int width = 128;

  @Option(names = "--heads", description = "Of attention (${DEFAULT-VALUE}).")
  private int heads = 4;

  @Option(names = "--gelu", description = "GELU in the MLP instead of ReLU.")
  private boolean gelu;

  @Option(names = "--iterations", description = "At most (default ${DEFAULT-VALUE}).")
  private int iterations = 1500;

  @Option(names = "--seconds", description = "Seconds to train at most (${DEFAULT-VALUE}).")
  private int seconds = 280;

  @Option(names = "--validate", description = "Validate every N-th iteration (${DEFAULT-VALUE}).")
  private int validate = 50;

  @Option(names = "--every", description = "Sample every N-th iteration (${DEFAULT-VALUE}).")
  private int every = 5;

  @Option(names = "--seed", description = "Of weights and data (${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--folder", description = "Where the run is recorded (default ${DEFAULT-VALUE}).")
  private Path folder = Path.of("runs");

  @Spec private CommandSpec command = CommandSpec.create();

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(Examples.run(new CharTransformer(), args));
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    CharText read = text == null ? CharText.made(seed, MADE_CHARACTERS) : CharText.file(text);
    SameDiff graph =
        Transformer.graph(
            new Transformer.Shape(read.characters(), LENGTH, layers, width, heads, gelu),
            DataType.FLOAT,
            seed);
    graph.setTrainingConfig(
        TrainingConfig.builder()
            .updater(new Adam(new WarmUp(LEARNING_RATE, WARM_UP, iterations)))
            .dataSetFeatureMapping("x")
            .dataSetLabelMapping("y")
            .build());
    List<MultiDataSet> held = new ArrayList<>();
    TextWindows.validation(read, BATCH, LENGTH, VALIDATION_BATCHES, seed + 1)
        .forEachRemaining(held::add);
    try (Alidade alidade =
        Alidade.builder().run("char-transformer").every(every).folder(folder).start()) {
      graph.addListeners(alidade.sameDiffListener());
      train(graph, read, held, alidade, out);
    }
    return 0;
  }

  private void train(
      SameDiff graph, CharText read, List<MultiDataSet> held, Alidade alidade, PrintWriter out) {
    double bigram = read.bigramEntropy();
    out.printf(
        Locale.ROOT,
        "%d characters of %d kinds; entropy of pairs %.4f nats%n",
        read.length(),
        read.characters(),
        bigram);
    long start = System.nanoTime();
    BooleanSupplier ended = () -> System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds);
    TextWindows batches = TextWindows.training(read, BATCH, LENGTH, validate, ended, seed);
    double loss = Double.NaN;
    while (graph.getTrainingConfig().getIterationCount() < iterations && !ended.getAsBoolean()) {
      batches.reset();
      graph.fit(batches, 1);
      loss = loss(graph, held);
      alidade.log("validation loss", loss);
      alidade.log("entropy of pairs", bigram);
      out.printf(
          Locale.ROOT,
          "iteration %d  %.0f s  validation loss %.4f  entropy of pairs %.4f%n",
          graph.getTrainingConfig().getIterationCount(),
          (System.nanoTime() - start) / 1e9,
          loss,
          bigram);
    }
    BlockReport.print(graph, held.get(0), layers, out);
    out.printf(
        Locale.ROOT,
        "validation loss %.4f nats, %.4f below the entropy of pairs%n",
        loss,
        bigram - loss);
  }

  /** Mean over the windows held back. */
  private static double loss(SameDiff graph, List<MultiDataSet> held) {
    return held.stream()
        .mapToDouble(batch -> graph.outputSingle(placeholders(batch), "loss").getDouble(0))
        .average()
        .orElse(Double.NaN);
  }

  static Map<String, INDArray> placeholders(MultiDataSet batch) {
    return Map.of("x", batch.getFeatures(0), "y", batch.getLabels(0));
  }
}
