package dev.alidade.listener;

import dev.alidade.listener.capture.VariablePattern;
import dev.alidade.listener.pipeline.Keep;
import dev.alidade.listener.pipeline.LayoutChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of one {@link Alidade}, resolved once at its start. A setting {@code x} is given as
 * the builder's method {@code x(…)}, as {@code ALIDADE_X} in the environment or as {@code
 * -Dalidade.x}; the later of these wins, so that a run can be changed without a change of its code.
 * Immutable.
 */
final class Settings {
  static final String NAMES = "META-INF/alidade/settings";
  private static final String PROPERTY_PREFIX = "alidade.";
  private static final int MOST_NAME_CHARS = 200;
  private static final String VARIABLE_PREFIX = "ALIDADE_";

  private final Map<Setting, String> values;

  private Settings(Map<Setting, String> values) {
    this.values = values;
  }

  /**
   * Joins the three sources and checks every value.
   *
   * @throws IllegalArgumentException on an unknown name or a value that breaks its rule
   */
  static Settings of(
      Map<Setting, String> built, Properties properties, Map<String, String> variables) {
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (Setting key : Setting.values()) {
      values.put(key, key.fallback);
    }
    values.putAll(built);
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE_PREFIX)) {
            byVariable(name).ifPresent(key -> values.put(key, value));
          }
        });
    properties
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(PROPERTY_PREFIX)) {
                byProperty(name).ifPresent(key -> values.put(key, properties.getProperty(name)));
              }
            });
    Settings settings = new Settings(values);
    settings.check();
    return settings;
  }

  private static Optional<Setting> byProperty(String name) {
    return find(name, Setting::property, id -> PROPERTY_PREFIX + id);
  }

  private static Optional<Setting> byVariable(String name) {
    return find(name, Setting::variable, Setting::variable);
  }

  /** Ours; none for another part's, such as the server's in the same process. */
  private static Optional<Setting> find(
      String name, Function<Setting, String> spelling, UnaryOperator<String> foreignSpelling) {
    Optional<Setting> ours =
        Arrays.stream(Setting.values()).filter(key -> spelling.apply(key).equals(name)).findFirst();
    if (ours.isEmpty() && announced().map(foreignSpelling).noneMatch(name::equals)) {
      throw unknown(name, spelling);
    }
    return ours;
  }

  /** The names that all parts of Alidade on the class path announce, one per line. */
  private static Stream<String> announced() {
    try {
      List<String> names = new ArrayList<>();
      for (URL resource : Collections.list(Settings.class.getClassLoader().getResources(NAMES))) {
        try (InputStream content = resource.openStream()) {
          new String(content.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .forEach(names::add);
        }
      }
      return names.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(NAMES + " must be readable", e);
    }
  }

  private static IllegalArgumentException unknown(String name, Function<Setting, String> spelling) {
    String known = Arrays.stream(Setting.values()).map(spelling).collect(Collectors.joining(", "));
    return new IllegalArgumentException("unknown setting '" + name + "'; known: " + known);
  }

  private void check() {
    every();
    enabled();
    gradients();
    observations();
    layouts();
    layoutRows();
    layout();
    callbackBudget();
    analysisBudget();
    memoryBytes();
    mostRecordingBytes();
    layerBytes();
    variables();
    full();
    drain();
    if (run().isBlank()) {
      throw new IllegalArgumentException("run must not be blank: '" + run() + "'");
    }
    if (run().length() > MOST_NAME_CHARS) {
      throw new IllegalArgumentException(
          "run must be at most " + MOST_NAME_CHARS + " characters: " + run().length());
    }
    server();
  }

  String run() {
    return text(Setting.RUN);
  }

  int every() {
    return whole(Setting.EVERY, 1);
  }

  boolean enabled() {
    return truth(Setting.ENABLED);
  }

  Path folder() {
    return Path.of(text(Setting.FOLDER));
  }

  /** The server's address; empty when the run is only recorded. */
  Optional<URI> server() {
    String server = text(Setting.SERVER);
    if (server.equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(server);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // Falls through to the rule.
    }
    throw rule(Setting.SERVER, "must be an http or https address, or none");
  }

  Path tokens() {
    String given = text(Setting.TOKENS);
    return given.isEmpty()
        ? Path.of(System.getProperty("user.home", "."), ".alidade", "tokens")
        : Path.of(given);
  }

  boolean gradients() {
    return truth(Setting.GRADIENTS);
  }

  Keep observations() {
    try {
      return Keep.of(text(Setting.OBSERVATIONS));
    } catch (IllegalArgumentException e) {
      throw rule(Setting.OBSERVATIONS, String.valueOf(e.getMessage()));
    }
  }

  LayoutChoice layout() {
    return LayoutChoice.of(text(Setting.LAYOUT));
  }

  boolean layouts() {
    return truth(Setting.LAYOUTS);
  }

  int layoutRows() {
    return whole(Setting.LAYOUT_ROWS, 2);
  }

  double callbackBudget() {
    return share(Setting.CALLBACK_BUDGET);
  }

  double analysisBudget() {
    return share(Setting.ANALYSIS_BUDGET);
  }

  long memoryBytes() {
    return bytes(Setting.MEMORY, 1 << 20);
  }

  /** A file, or the id of a run; empty when the run is new. */
  String resume() {
    return text(Setting.RESUME);
  }

  long mostRecordingBytes() {
    return bytes(Setting.MOST_RECORDING_BYTES, 1 << 20);
  }

  int layerBytes() {
    return (int) Math.min(bytes(Setting.LAYER_BYTES, 1 << 10), 1 << 30);
  }

  /** The patterns of a SameDiff graph's variables; none for the usual ones. */
  List<VariablePattern> variables() {
    return Arrays.stream(text(Setting.VARIABLES).split(","))
        .map(String::strip)
        .filter(pattern -> !pattern.isEmpty())
        .map(VariablePattern::of)
        .toList();
  }

  boolean full() {
    String value = text(Setting.DURABILITY).toLowerCase(Locale.ROOT);
    if (!value.equals("normal") && !value.equals("full")) {
      throw rule(Setting.DURABILITY, "must be normal or full");
    }
    return value.equals("full");
  }

  Duration drain() {
    return Duration.ofSeconds(whole(Setting.DRAIN_SECONDS, 0));
  }

  /** Every setting by its name, for the description and the start-up line. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    values.forEach((key, value) -> all.put(key.id, value));
    return all;
  }

  private String text(Setting key) {
    return values.getOrDefault(key, key.fallback).trim();
  }

  private int whole(Setting key, int least) {
    int value;
    try {
      value = Integer.parseInt(text(key));
    } catch (NumberFormatException e) {
      throw rule(key, "must be a whole number");
    }
    if (value < least) {
      throw rule(key, "must be at least " + least);
    }
    return value;
  }

  private double share(Setting key) {
    double value;
    try {
      value = Double.parseDouble(text(key));
    } catch (NumberFormatException e) {
      throw rule(key, "must be a number");
    }
    if (!(value > 0 && value <= 1)) {
      throw rule(key, "must be above 0 and at most 1");
    }
    return value;
  }

  private boolean truth(Setting key) {
    return switch (text(key).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw rule(key, "must be true or false");
    };
  }

  private long bytes(Setting key, long least) {
    String value = text(key).toLowerCase(Locale.ROOT);
    int shift = value.endsWith("k") ? 10 : value.endsWith("m") ? 20 : value.endsWith("g") ? 30 : 0;
    String digits = shift == 0 ? value : value.substring(0, value.length() - 1);
    long bytes;
    try {
      bytes = Math.multiplyExact(Long.parseLong(digits), 1L << shift);
    } catch (ArithmeticException | NumberFormatException e) {
      throw rule(key, "must be bytes such as 65536, 512k, 64m or 1g");
    }
    if (bytes < least) {
      throw rule(key, "must be at least " + least + " bytes");
    }
    return bytes;
  }

  private IllegalArgumentException rule(Setting key, String rule) {
    return new IllegalArgumentException(key.id + " " + rule + ": " + text(key));
  }
}
