package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Frame;
import dev.alidade.wire.proto.Numbers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One row per sample: where it comes from, then every quantity of the run, of each layer and of
 * each parameter array. What has no value is empty; infinities are {@code inf} and {@code -inf}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvExport {
  private static final List<String> HEAD =
      List.of("iteration", "worker", "incarnation", "seq", "time_millis");

  private final Quantities quantities;
  private long rows;

  CsvExport(RecordingReader reader) throws IOException {
    quantities = new Quantities(reader);
  }

  /** Says what was written. */
  String write(Path file) throws IOException {
    List<String> names = quantities.names();
    NewFile.write(
        file,
        out -> {
          Writer writer =
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
          writer.write(String.join(",", HEAD));
          for (String name : names) {
            writer.write("," + quoted(name));
          }
          writer.write("\r\n");
          quantities.samples((stored, numbers) -> row(writer, names, stored, numbers));
          writer.flush();
        });
    return "%s: %d rows of %d columns".formatted(file, rows, HEAD.size() + names.size());
  }

  private void row(Writer writer, List<String> names, StoredFrame stored, Numbers numbers)
      throws IOException {
    Frame frame = stored.frame();
    Map<String, Double> values = new HashMap<>();
    quantities.values(numbers, values::put);
    writer.write(
        "%d,%d,%d,%d,%d"
            .formatted(
                frame.iteration(),
                frame.origin().worker(),
                frame.origin().incarnation(),
                frame.seq(),
                frame.timeMillis()));
    for (String name : names) {
      Double value = values.get(name);
      writer.write(",");
      writer.write(value == null ? "" : text(value));
    }
    writer.write("\r\n");
    rows++;
  }

  private static String text(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return value == (float) value ? Float.toString((float) value) : Double.toString(value);
  }

  /** A name from a stranger is no formula for a spreadsheet either. */
  private static String quoted(String name) {
    String safe = name.matches("[=+@\\-\\t\\r].*") ? "'" + name : name;
    return safe.matches("[A-Za-z0-9_./ ()-]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
