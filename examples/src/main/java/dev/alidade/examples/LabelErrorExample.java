package dev.alidade.examples;

import dev.alidade.examples.digits.DigitBatches;
import dev.alidade.examples.digits.DigitSets;
import dev.alidade.examples.digits.Digits;
import dev.alidade.examples.digits.Relabelled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What wrong labels look like (Krug et al. 2023, section on label errors): nine in ten of the zeros
 * are labelled one. Seen by their true digit, the zeros of that training excite units of the ones;
 * those of a clean one have their own.
 */
@Command(
    name = "label-error",
    mixinStandardHelpOptions = true,
    description = "Trains with and without wrong labels, and draws the maps of both.")
public final class LabelErrorExample implements Callable<Integer> {
  static final int FROM = 0;
  static final int TO = 1;
  private static final int PROBE_ROWS = 256;

  @Mixin private final TrainingOptions options = new TrainingOptions();

  @Option(names = "--iterations", description = "Of each of both trainings (${DEFAULT-VALUE}).")
  private int iterations = 600;

  @Spec private CommandSpec command = CommandSpec.create();

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(Examples.run(new LabelErrorExample(), args));
  }

  /** How alike the maps of zeros and ones are. */
  record Outcome(double clean, double wrong, Path picture) {}

  @Override
  public Integer call() throws IOException {
    Outcome outcome = study(options, iterations);
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "likeness of %d and %d: %.2f with clean labels, %.2f with 90 %% of %d labelled %d%n%s%n",
        FROM,
        TO,
        outcome.clean(),
        outcome.wrong(),
        FROM,
        TO,
        outcome.picture());
    return 0;
  }

  static Outcome study(TrainingOptions options, int iterations) throws IOException {
    DigitSets digits = options.digits();
    DataSet probe = new DigitBatches(digits.test(), PROBE_ROWS, 1).next();
    int[] truth = probe.getLabels().argMax(1).toIntVector();
    List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    GroupStudy study = new GroupStudy("true digit", probe, truth, names);
    Path clean = study.train("labels-clean", digits.training(), options, iterations);
    Digits relabelled = new Relabelled(digits.training(), FROM, TO);
    Path wrong = study.train("labels-wrong", relabelled, options, iterations);
    Path picture = Files.createDirectories(options.folder).resolve("label-error.png");
    study.picture(clean, wrong, picture);
    String from = names.get(FROM);
    String to = names.get(TO);
    return new Outcome(study.likeness(clean, from, to), study.likeness(wrong, from, to), picture);
  }
}
