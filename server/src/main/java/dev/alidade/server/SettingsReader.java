package dev.alidade.server;

import dev.alidade.server.Settings.Tls;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Gathers the settings: builder over system properties over environment over {@code server.yaml}
 * over defaults. An unknown name in any of them is an error that lists the known ones; names that
 * another part of Alidade announced (see {@link SettingNames}) belong to that part and are left
 * alone, for a training and its server may share one JVM.
 */
final class SettingsReader {
  static final String CONFIG = "config";
  private static final List<String> KEYS =
      List.of(
          CONFIG,
          "host",
          "port",
          "data",
          "tokens",
          "tls",
          "tlsCertificate",
          "tlsKey",
          "hosts",
          "title",
          "mostViewers",
          "mostAgents",
          "mostRunBytes",
          "rules");

  private final Map<String, String> builder;
  private final Properties properties;
  private final Map<String, String> environment;
  private final Path home;
  private final Set<String> othersNames;

  SettingsReader(
      Map<String, String> builder,
      Properties properties,
      Map<String, String> environment,
      Path home,
      Set<String> othersNames) {
    this.builder = builder;
    this.properties = properties;
    this.environment = environment;
    this.home = home;
    this.othersNames = othersNames;
  }

  static List<String> keys() {
    return KEYS;
  }

  Settings read() {
    Map<String, String> values = new LinkedHashMap<>(fromEnvironment());
    values.putAll(fromProperties());
    values.putAll(builder);
    Map<String, String> all = new LinkedHashMap<>(fromFile(values.get(CONFIG)));
    all.putAll(values);
    String certificate = all.get("tlsCertificate");
    String key = all.get("tlsKey");
    return new Settings(
        all.getOrDefault("host", "127.0.0.1"),
        (int) number(all, "port", 8790),
        path(all.get("data"), home.resolve("runs")),
        path(all.get("tokens"), home.resolve("tokens")),
        tls(all.get("tls"), certificate != null || key != null),
        certificate == null ? null : Path.of(certificate),
        key == null ? null : Path.of(key),
        list(all.getOrDefault("hosts", "")),
        all.getOrDefault("title", "Alidade"),
        (int) number(all, "mostViewers", 100),
        (int) number(all, "mostAgents", 64),
        number(all, "mostRunBytes", 64L << 30),
        all.containsKey("rules") ? Path.of(all.getOrDefault("rules", "")) : null);
  }

  private Map<String, String> fromProperties() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String property : properties.stringPropertyNames()) {
      if (property.startsWith("alidade.")) {
        String name = property.substring("alidade.".length());
        if (!othersNames.contains(name) || KEYS.contains(name)) {
          values.put(known(name, "-D" + property), properties.getProperty(property));
        }
      }
    }
    return values;
  }

  private Map<String, String> fromEnvironment() {
    Map<String, String> names = new LinkedHashMap<>();
    othersNames.forEach(name -> names.put(variable(name), ""));
    KEYS.forEach(name -> names.put(variable(name), name));
    Map<String, String> values = new LinkedHashMap<>();
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith("ALIDADE_")) {
            String name = names.get(variable);
            if (name == null) {
              throw unknown(variable, KEYS.stream().map(SettingsReader::variable).toList());
            }
            if (!name.isEmpty()) {
              values.put(name, value);
            }
          }
        });
    return values;
  }

  private Map<String, String> fromFile(@Nullable String config) {
    Path file = config == null ? home.resolve("server.yaml") : Path.of(config);
    if (config == null && !Files.exists(file)) {
      return Map.of();
    }
    Object document;
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
    } catch (IOException e) {
      throw new StartException("config must be a readable file: " + file, e);
    } catch (YAMLException e) {
      throw new StartException(
          file + " must be YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
    if (document == null) {
      return Map.of();
    }
    if (!(document instanceof Map<?, ?> map)) {
      throw new StartException(file + " must hold names and values");
    }
    Map<String, String> values = new LinkedHashMap<>();
    map.forEach((key, value) -> values.put(known(String.valueOf(key), file + ""), text(value)));
    return values;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> items) {
      List<String> texts = new ArrayList<>();
      items.forEach(item -> texts.add(String.valueOf(item)));
      return String.join(",", texts);
    }
    // YAML 1.1 reads a bare `off` as false and a bare `on` as true: tls: off must stay itself.
    return value instanceof Boolean on ? (on ? "on" : "off") : String.valueOf(value);
  }

  private static String known(String name, String where) {
    if (!KEYS.contains(name)) {
      throw unknown(where.endsWith(name) ? where : name + "' in '" + where, KEYS);
    }
    return name;
  }

  private static StartException unknown(String name, List<String> known) {
    return new StartException(
        "unknown setting '" + name + "'; known: " + String.join(", ", new TreeSet<>(known)));
  }

  /** {@code tlsCertificate} is {@code ALIDADE_TLS_CERTIFICATE}. */
  static String variable(String name) {
    return "ALIDADE_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  private static long number(Map<String, String> values, String name, long otherwise) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return name.equals("mostRunBytes")
          ? Long.parseLong(value.strip())
          : Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new StartException(name + " must be a whole number: " + value, e);
    }
  }

  private static Tls tls(@Nullable String value, boolean files) {
    if (value == null) {
      return files ? Tls.ON : Tls.OFF;
    }
    return switch (value) {
      case "off" -> Tls.OFF;
      case "on" -> Tls.ON;
      case "terminated-elsewhere" -> Tls.TERMINATED_ELSEWHERE;
      default ->
          throw new StartException("tls must be one of off, on, terminated-elsewhere: " + value);
    };
  }

  private static Path path(@Nullable String value, Path otherwise) {
    return (value == null ? otherwise : Path.of(value)).toAbsolutePath().normalize();
  }

  private static List<String> list(String value) {
    List<String> items = new ArrayList<>();
    for (String item : value.split(",")) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }
}
