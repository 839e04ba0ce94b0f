package dev.alidade.server.meters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.analysis.Quantities;
import dev.alidade.analysis.parameter.ParameterQuantity;
import dev.alidade.analysis.quantity.Cost;
import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.QuantityInfo;
import dev.alidade.analysis.quantity.RunQuantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of quantities is the list itself, and stale when it is not. {@code main} writes it: run
 * it in the folder of the server.
 */
class QuantitiesTableTest {
  private static final Path FILE = Path.of("..", "agent", "analysis", "QUANTITIES.md");

  private static final String HEAD =
      """
      # Quantities

      Written by `QuantitiesTableTest`, from the list that a run announces. In the dashboard by their names, in rules and recordings by their
      ids, in Prometheus as the metric. *slow*: has a value in some samples only, in turn, as the analysis budget allows.
      """;

  public static void main(String[] arguments) throws IOException {
    Files.writeString(FILE, table());
  }

  @Test
  void table_is_that_of_the_announced_quantities() throws IOException {
    assertThat(Files.readString(FILE)).isEqualTo(table());
  }

  private static String table() {
    StringBuilder text = new StringBuilder(HEAD);
    head(text, "Of a layer", "run, layer");
    for (LayerQuantity each :
        Stream.concat(Quantities.layer().stream(), Quantities.probed().stream()).toList()) {
      row(text, "alidade_train_", each.info(), each.cost() == Cost.SLOW);
    }
    head(text, "Of an array of parameters, with `gradients`", "run, parameter");
    for (ParameterQuantity each : ParameterQuantity.all()) {
      row(text, "alidade_parameter_", each.info(), false);
    }
    head(text, "Of the run", "run");
    for (RunQuantity each : RunQuantity.values()) {
      row(text, "alidade_run_", each.info(), each.probed());
    }
    return text.toString();
  }

  private static void head(StringBuilder text, String title, String labels) {
    text.append("\n## ").append(title).append("\n\nLabels: ").append(labels).append(".\n\n");
    text.append("| id | metric | unit | meaning | source |\n|---|---|---|---|---|\n");
  }

  private static void row(StringBuilder text, String prefix, QuantityInfo info, boolean slow) {
    text.append("| `").append(info.id()).append(slow ? "` *slow* | `" : "` | `");
    text.append(MetricNames.of(prefix, info.id())).append("` | ").append(info.unit());
    text.append(" | ").append(info.meaning()).append(" | ").append(cell(info.source()));
    text.append(" |\n");
  }

  /** A bar would end the cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
