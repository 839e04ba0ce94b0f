package dev.alidade.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SameDiff examples do what they are there to show, in a short version. */
class GraphExamplesIT {
  @TempDir Path folder;

  @BeforeEach
  void recordOnly() {
    System.setProperty("alidade.server", "none");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("alidade.server");
  }

  private String run(Callable<Integer> example, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--folder", folder.toString()));
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(Examples.run(writer, writer, example, all.toArray(String[]::new)))
        .as(out::toString)
        .isZero();
    return out.toString();
  }

  private static double number(String output, String regex) {
    Matcher found = Pattern.compile(regex).matcher(output);
    assertThat(found.find()).as(output).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void transformer_learnsMoreThanPairsOfCharacters() {
    String said =
        run(
            new CharTransformer(),
            "--iterations=120",
            "--validate=40",
            "--width=64",
            "--seconds=600");
    double loss = number(said, "iteration 120 .*validation loss ([0-9.]+)");
    double bigram = number(said, "entropy of pairs ([0-9.]+) nats");
    assertThat(loss).as(said).isLessThan(bigram - .1);
    assertThat(said).contains("block 1  largest |h|", "not massive", "a token uses");
    assertThat(folder).isDirectoryContaining("glob:**.alidade");
  }

  @Test
  void addition_isMemorisedFirst_andUnderstoodLater() {
    String said = run(new Grokking(), "--after=0", "--seconds=900");
    double memorised = number(said, "memorised at iteration ([0-9]+)");
    double grokked = number(said, "grokked at iteration ([0-9]+)");
    assertThat(memorised).as(said).isLessThanOrEqualTo(200);
    assertThat(grokked).as(said).isGreaterThan(3 * memorised);
  }
}
