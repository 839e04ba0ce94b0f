package dev.alidade.listener;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The table of known names. */
enum Setting {
  RUN("run", "run", "name of the run, for people"),
  EVERY("every", "10", "sample every N-th iteration"),
  ENABLED("enabled", "true", "false: nothing is read, recorded or sent"),
  FOLDER("folder", "runs", "where recordings are written"),
  RESUME("resume", "", "recording or run id that this training continues"),
  MOST_RECORDING_BYTES(
      "mostRecordingBytes", "64g", "size of a recording; above, pictures are thinned evenly"),
  SERVER("server", "http://127.0.0.1:8790", "address of the server; none: record only"),
  TOKENS("tokens", "", "file with the ingest token; default ~/.alidade/tokens"),
  GRADIENTS("gradients", "false", "parameters, gradients and updates of every array too"),
  OBSERVATIONS("observations", "rare", "rows kept: rare, for layouts on demand; all; none"),
  LAYOUTS("layouts", "true", "false: numbers only, no maps"),
  LAYOUT_ROWS("layoutRows", "256", "most observations of a sample that a map learns from"),
  LAYOUT("layout", "live", "a layout beside the live one, or layer=layout,…"),
  CALLBACK_BUDGET("callbackBudget", "0.01", "share of the training threads' CPU for copying"),
  ANALYSIS_BUDGET("analysisBudget", "0.10", "share of one core for the analysis thread"),
  MEMORY("memory", "64m", "most bytes of samples and of frames waiting, each"),
  LAYER_BYTES("layerBytes", "4m", "most bytes copied of one layer; fewer rows above"),
  VARIABLES("variables", "", "of a SameDiff graph: names, globs, type:op; default the usual ones"),
  DURABILITY("durability", "normal", "normal, or full: synchronised at every commit"),
  DRAIN_SECONDS("drainSeconds", "5", "most seconds that close() waits for the server");

  final String id;
  final String fallback;
  final String meaning;

  Setting(String id, String fallback, String meaning) {
    this.id = id;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** The one of that name. */
  static Setting named(String id) {
    for (Setting setting : values()) {
      if (setting.id.equals(id)) {
        return setting;
      }
    }
    List<String> known = Arrays.stream(values()).map(setting -> setting.id).toList();
    throw new IllegalArgumentException(
        "unknown setting '" + id + "'; known: " + String.join(", ", known));
  }

  String variable() {
    return variable(id);
  }

  /** How a setting of any part of Alidade is spelt in the environment. */
  static String variable(String id) {
    return "ALIDADE_" + id.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  String property() {
    return "alidade." + id;
  }
}
