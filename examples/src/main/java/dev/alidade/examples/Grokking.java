package dev.alidade.examples;

import dev.alidade.examples.graph.ModularAddition;
import dev.alidade.listener.Alidade;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a network to add modulo a prime: it knows its examples by heart at once, and long after,
 * all of a sudden, it can add. The timeline says when. Records to {@code ./runs} and sends to a
 * server where one answers ({@code java -jar alidade.jar serve}).
 *
 * <pre>{@code
 * mvn -Pdemo -Ddemo.main=dev.alidade.examples.Grokking
 * }</pre>
 *
 * <p>On the map of "hidden", units that memorise lie as a cloud; when it groks they gather by the
 * frequency each has taken.
 */
@Command(
    name = "grokking",
    mixinStandardHelpOptions = true,
    description = "Trains modular addition until it groks, watched by Alidade.")
public final class Grokking implements Callable<Integer> {
  private static final double MEMORISED = .99;
  private static final double GROKKED = .95;
  private static final double TRAINED_SHARE = .5;

  @Option(names = "--modulus", description = "Of the addition (default ${DEFAULT-VALUE}).")
  private int modulus = 37;

  @Option(names = "--hidden", description = "Units (${DEFAULT-VALUE}).")
  private int hidden = 192;

  @Option(names = "--rate", description = "Learning rate (${DEFAULT-VALUE}).")
  private double rate = .01;

  @Option(names = "--decay", description = "Weight decay (${DEFAULT-VALUE}).")
  private double decay = 1;

  @Option(names = "--iterations", description = "At most (default ${DEFAULT-VALUE}).")
  private int iterations = 4000;

  @Option(names = "--after", description = "Iterations after it has grokked (${DEFAULT-VALUE}).")
  private int after = 600;

  @Option(names = "--seconds", description = "Seconds to train at most (${DEFAULT-VALUE}).")
  private int seconds = 240;

  @Option(names = "--validate", description = "Validate every N-th iteration (${DEFAULT-VALUE}).")
  private int validate = 25;

  @Option(names = "--every", description = "Sample every N-th iteration (${DEFAULT-VALUE}).")
  private int every = 5;

  @Option(names = "--seed", description = "Of weights and data (${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--folder", description = "Where the run is recorded (default ${DEFAULT-VALUE}).")
  private Path folder = Path.of("runs");

  @Spec private CommandSpec command = CommandSpec.create();

  private int memorisedAt = -1;
  private int grokkedAt = -1;

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(Examples.run(new Grokking(), args));
  }

  @Override
  public Integer call() {
    ModularAddition task = new ModularAddition(modulus, TRAINED_SHARE, seed);
    SameDiff network = task.network(hidden, rate, decay, seed);
    DataSet training = task.training();
    DataSet validation = task.validation();
    try (Alidade alidade =
        Alidade.builder()
            .run("grokking")
            .every(every)
            .folder(folder)
            // An iteration takes a few milliseconds, and the film is what this is run for.
            .callbackBudget(.1)
            .analysisBudget(.5)
            .start()) {
      network.addListeners(alidade.sameDiffListener());
      PrintWriter out = command.commandLine().getOut();
      long start = System.nanoTime();
      for (int i = validate; i <= iterations && !finished(i, start); i += validate) {
        network.fit(new ExistingDataSetIterator(Collections.nCopies(validate, training)), 1);
        double trained = ModularAddition.accuracy(network, training);
        double held = ModularAddition.accuracy(network, validation);
        alidade.log("training accuracy", trained);
        alidade.log("validation accuracy", held);
        mark(i, trained, held, (System.nanoTime() - start) / 1e9, alidade, out);
      }
    }
    return 0;
  }

  private boolean finished(int iteration, long start) {
    return (grokkedAt >= 0 && iteration > grokkedAt + after)
        || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds);
  }

  private void mark(
      int iteration, double trained, double held, double at, Alidade alidade, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "iteration %d  %.0f s  training accuracy %.3f  validation accuracy %.3f%n",
        iteration,
        at,
        trained,
        held);
    if (memorisedAt < 0 && trained >= MEMORISED) {
      memorisedAt = iteration;
      say("memorised at iteration " + iteration, alidade, out);
    }
    if (grokkedAt < 0 && held >= GROKKED) {
      grokkedAt = iteration;
      say("grokked at iteration " + iteration, alidade, out);
    }
  }

  private static void say(String what, Alidade alidade, PrintWriter out) {
    alidade.note(what);
    out.println(what);
  }
}
