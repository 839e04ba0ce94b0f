package dev.alidade.analysis.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sparsity law on the published series, where they lie: {@code -Dalidade.data=FOLDER}, or
 * shared/data above the working directory.
 */
class SparsingDataTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.1b_relu", "0.1b_silu", "0.4b_relu", "0.4b_silu"})
  void series_isFittedAsWellAsByLeastSquares(String name) throws IOException {
    var samples = load(name);
    var fit = (Fitted) new SparsityLaw(SparsityLaw.Direction.EITHER).fit(samples);
    assertThat(fit.r2()).isGreaterThan(0.95);
    assertThat(Prefixes.error(samples, 0, fit.curve()::at))
        .isLessThanOrEqualTo(1.05 * leastSquares(samples, name));
  }

  @Test
  void reluSeries_isFittedAtLeastAsWellAsByTheAuthors() throws IOException {
    var samples = load("0.1b_relu");
    var fit = (Fitted) new SparsityLaw(SparsityLaw.Direction.FALLING).fit(samples);
    double authors =
        Prefixes.error(samples, 0, d -> Math.exp(-3.20 * Math.pow(d, 0.101) - 0.0151) + 0.0614);
    assertThat(authors).isCloseTo(4.0739e-4, within(5e-9));
    assertThat(Prefixes.error(samples, 0, fit.curve()::at)).isLessThanOrEqualTo(authors);
  }

  @Test
  void forecasts_beatPersistenceAndTheLineInTheMedian() throws IOException {
    var ratios = new ArrayList<Double>();
    for (var name : new String[] {"0.1b_relu", "0.1b_silu", "0.4b_relu", "0.4b_silu"}) {
      ratios.addAll(Prefixes.ratios(load(name)));
    }
    assertThat(ratios).hasSize(12);
    assertThat(Prefixes.median(ratios)).isLessThanOrEqualTo(1);
  }

  private static double leastSquares(Samples samples, String name) {
    var series = Series.of(samples);
    var basis = name.endsWith("relu") ? SparsityBasis.FALLING : SparsityBasis.RISING;
    double[] even = new double[series.size()];
    Arrays.fill(even, 1);
    var best = new Search(basis, series.x, even).global(series.y);
    return Prefixes.error(samples, 0, d -> basis.value(best, d / series.span));
  }

  private static Samples load(String name) throws IOException {
    Path file = folder().resolve("sparsing-law").resolve(name + ".txt");
    assumeThat(file).as("published series, not part of the repository: %s", file).exists();
    String json = Files.readString(file);
    double[] tokens = numbers(json, "token_passed");
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] /= 1e9;
    }
    return Samples.of(tokens, numbers(json, "activation_ratio"));
  }

  private static Path folder() {
    String given = System.getProperty("alidade.data");
    if (given != null) {
      return Path.of(given);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/data"))) {
        return at.resolve("shared/data");
      }
    }
    return Path.of("shared/data");
  }

  private static double[] numbers(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\":\\s*\\[([^]]*)]").matcher(json);
    assertThat(matcher.find()).as("key %s", key).isTrue();
    return Arrays.stream(matcher.group(1).split(",")).mapToDouble(Double::parseDouble).toArray();
  }
}
