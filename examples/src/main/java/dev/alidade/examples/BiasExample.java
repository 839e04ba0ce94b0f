package dev.alidade.examples;

import dev.alidade.examples.digits.DigitBatches;
import dev.alidade.examples.digits.DigitSets;
import dev.alidade.examples.digits.Marked;
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
 * What a biased data set looks like (Krug et al. 2023, section on bias): nearly all threes carry a
 * mark in the corner and few others do. Shown marked digits of every class, that training excites
 * the units of the three; one whose marks are strewn evenly hardly tells them from others.
 */
@Command(
    name = "bias",
    mixinStandardHelpOptions = true,
    description = "Trains with and without an attribute tied to a class, and draws the maps.")
public final class BiasExample implements Callable<Integer> {
  static final int FAVOURED = 3;
  private static final String MARKED = "marked";
  private static final int PROBE_ROWS = 256;

  @Mixin private final TrainingOptions options = new TrainingOptions();

  @Option(names = "--iterations", description = "Of each of both trainings (${DEFAULT-VALUE}).")
  private int iterations = 600;

  @Spec private CommandSpec command = CommandSpec.create();

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(Examples.run(new BiasExample(), args));
  }

  /** How alike the maps of marked digits of any class and of unmarked threes are. */
  record Outcome(double fair, double biased, Path picture) {}

  @Override
  public Integer call() throws IOException {
    Outcome outcome = study(options, iterations);
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "likeness of marked digits and %d: %.2f with marks strewn evenly, %.2f with marks on 95 %%"
            + " of %d and 5 %% of the rest%n%s%n",
        FAVOURED,
        outcome.fair(),
        outcome.biased(),
        FAVOURED,
        outcome.picture());
    return 0;
  }

  static Outcome study(TrainingOptions options, int iterations) throws IOException {
    DigitSets digits = options.digits();
    // Half of the probe is marked, whatever its class.
    DataSet plain = new DigitBatches(digits.test(), PROBE_ROWS / 2, 1).next();
    DataSet marked = new DigitBatches(new Marked(digits.test(), 0, 1, 1), PROBE_ROWS / 2, 1).next();
    DataSet probe = DataSet.merge(List.of(plain, marked));
    int[] groups = probe.getLabels().argMax(1).toIntVector();
    List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", MARKED);
    for (int row = PROBE_ROWS / 2; row < PROBE_ROWS; row++) {
      groups[row] = names.indexOf(MARKED);
    }
    GroupStudy study = new GroupStudy("digit or mark", probe, groups, names);
    Path fair =
        study.train(
            "marks-even", new Marked(digits.training(), FAVOURED, .14, .14), options, iterations);
    Path biased =
        study.train(
            "marks-biased", new Marked(digits.training(), FAVOURED, .95, .05), options, iterations);
    Path picture = Files.createDirectories(options.folder).resolve("bias.png");
    study.picture(fair, biased, picture);
    String three = names.get(FAVOURED);
    return new Outcome(
        study.likeness(fair, MARKED, three), study.likeness(biased, MARKED, three), picture);
  }
}
