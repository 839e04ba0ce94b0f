package dev.alidade.server.meters;

import java.util.List;
import java.util.Locale;

/** Makes names and texts from strangers fit for Prometheus. */
final class MetricNames {
  private static final int MOST_CHARS = 64;
  private static final int MOST_HELP_CHARS = 300;

  /** Endings that mean something to Prometheus and may not end the name of a gauge. */
  private static final List<String> RESERVED =
      List.of("_total", "_created", "_bucket", "_info", "_count", "_sum");

  private MetricNames() {}

  /** {@code prefix} and the id in lower case, digits and underscores. */
  static String of(String prefix, String id) {
    String cleaned = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    String name = prefix + cleaned.substring(0, Math.min(cleaned.length(), MOST_CHARS));
    while (name.endsWith("_")) {
      name = name.substring(0, name.length() - 1);
    }
    for (String ending : RESERVED) {
      if (name.endsWith(ending)) {
        return name + "_value";
      }
    }
    return name;
  }

  /** A text for HELP: one line, never empty. */
  static String help(String meaning, String otherwise) {
    String text = meaning.isBlank() ? otherwise : meaning.strip().replaceAll("\\s+", " ");
    return text.length() <= MOST_HELP_CHARS ? text : text.substring(0, MOST_HELP_CHARS);
  }

  /** A text for a label. */
  static String label(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
  }
}
