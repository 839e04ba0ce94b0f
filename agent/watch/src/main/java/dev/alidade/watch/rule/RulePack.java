package dev.alidade.watch.rule;

import dev.alidade.wire.proto.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A list of rules, as a file says them. Reading is strict: an unknown key, quantity or form is an
 * error with its line and column, and names what is known.
 */
public record RulePack(List<Rule> rules) {
  /** Most characters of a file. */
  public static final int MOST_CHARACTERS = 1 << 20;

  static final Set<String> RULE_KEYS =
      Set.of(
          "id",
          "name",
          "scope",
          "layers",
          "when",
          "severity",
          "warmup",
          "until",
          "for",
          "clear_for",
          "together",
          "rate",
          "inhibits",
          "actions",
          "meaning",
          "why",
          "try",
          "reference");
  private static final Set<String> LAYER_KEYS = Set.of("names", "types", "activations", "output");
  private static final Set<String> SAMPLE_KEYS = Set.of("every", "iterations");
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,59}");
  private static final String DEFAULTS = "/dev/alidade/watch/default-rules.yaml";

  public RulePack {
    rules = List.copyOf(rules);
  }

  /** The pack that is used where none is given. */
  public static RulePack defaults() {
    try {
      return parse("default-rules.yaml", defaultText(), Vocabulary.common());
    } catch (RuleException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The default pack as it is written: a start for one's own. */
  public static String defaultText() {
    try (InputStream in = RulePack.class.getResourceAsStream(DEFAULTS)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + DEFAULTS);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a file's text.
   *
   * @param source its name, for errors
   */
  public static RulePack parse(String source, String text, Vocabulary vocabulary)
      throws RuleException {
    if (text.length() > MOST_CHARACTERS) {
      throw new RuleException(
          source,
          1,
          1,
          "must have at most %d characters: %d".formatted(MOST_CHARACTERS, text.length()));
    }
    Entry root = root(source, text);
    Map<String, Entry> top = root.mapping(Set.of("rules"));
    Entry list = top.get("rules");
    if (list == null) {
      throw root.error("must have the key rules");
    }
    List<Rule> rules = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    for (Entry entry : list.list()) {
      Rule rule = rule(entry, vocabulary);
      if (!ids.add(rule.id())) {
        throw entry.error("has an id that another rule has: " + rule.id());
      }
      rules.add(rule);
    }
    return new RulePack(rules);
  }

  private static Entry root(String source, String text) throws RuleException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(10);
    try {
      return new Entry(
          source, new Yaml(new SafeConstructor(options)).compose(new StringReader(text)), "");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
      int column = e.getProblemMark() == null ? 0 : e.getProblemMark().getColumn();
      throw new RuleException(source, line + 1, column + 1, "must be YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new RuleException(source, 1, 1, "must be YAML: " + e.getMessage());
    }
  }

  private static Rule rule(Entry entry, Vocabulary vocabulary) throws RuleException {
    Map<String, Entry> keys = entry.mapping(RULE_KEYS);
    Entry id = needed(entry, keys, "id");
    if (!ID.matcher(id.text()).matches()) {
      throw id.error("must be letters, digits and dashes, at most 60: " + id.text());
    }
    Entry when = needed(entry, keys, "when");
    Condition condition = new ConditionReader(vocabulary).read(when);
    return new Rule(
        id.text(),
        text(keys.get("name"), id.text().replace('-', ' ')),
        keys.containsKey("scope") ? keys.get("scope").choice(Rule.Scope.class) : Rule.Scope.LAYER,
        layers(keys.get("layers")),
        condition,
        severity(needed(entry, keys, "severity")),
        span(keys.get("warmup"), Span.NONE),
        span(keys.get("until"), Span.NONE),
        span(keys.get("for"), new Span(1, Span.Unit.SAMPLES)),
        span(keys.get("clear_for"), new Span(3, Span.Unit.SAMPLES)),
        span(keys.get("together"), new Span(20, Span.Unit.SAMPLES)),
        rate(keys.get("rate")),
        keys.containsKey("inhibits") ? keys.get("inhibits").texts() : List.of(),
        actions(keys.get("actions")),
        new Rule.Text(
            text(keys.get("meaning"), ""),
            text(keys.get("why"), ""),
            text(keys.get("try"), ""),
            text(keys.get("reference"), "")));
  }

  private static Entry needed(Entry entry, Map<String, Entry> keys, String key)
      throws RuleException {
    Entry value = keys.get(key);
    if (value == null) {
      throw entry.error("must have the key " + key);
    }
    return value;
  }

  private static String text(@Nullable Entry entry, String otherwise) throws RuleException {
    return entry == null ? otherwise : entry.text().strip();
  }

  private static Span span(@Nullable Entry entry, Span otherwise) throws RuleException {
    return entry == null ? otherwise : entry.span();
  }

  private static Severity severity(Entry entry) throws RuleException {
    return switch (entry.text()) {
      case "info" -> Severity.SEVERITY_INFO;
      case "warning" -> Severity.SEVERITY_WARNING;
      case "critical" -> Severity.SEVERITY_CRITICAL;
      default -> throw entry.error("must be one of critical, info, warning: " + entry.text());
    };
  }

  private static int rate(@Nullable Entry entry) throws RuleException {
    if (entry == null) {
      return 12;
    }
    String text = entry.text();
    if (!text.matches("\\d{1,4} per hour")) {
      throw entry.error("must be a number and 'per hour': " + text);
    }
    return Integer.parseInt(text.substring(0, text.indexOf(' ')));
  }

  private static Layers layers(@Nullable Entry entry) throws RuleException {
    if (entry == null) {
      return Layers.ALL;
    }
    if (!entry.isMapping()) {
      return new Layers(entry.texts(), List.of(), List.of(), true);
    }
    Map<String, Entry> keys = entry.mapping(LAYER_KEYS);
    return new Layers(
        keys.containsKey("names") ? keys.get("names").texts() : List.of(),
        keys.containsKey("types") ? keys.get("types").texts() : List.of(),
        keys.containsKey("activations") ? keys.get("activations").texts() : List.of(),
        !keys.containsKey("output") || keys.get("output").flag());
  }

  private static List<RuleAction> actions(@Nullable Entry entry) throws RuleException {
    if (entry == null) {
      return List.of(new RuleAction(RuleAction.Kind.NOTIFY, 0, 0));
    }
    List<RuleAction> actions = new ArrayList<>();
    for (Entry action : entry.list()) {
      actions.add(action.isMapping() ? burst(action) : plain(action));
    }
    return List.copyOf(actions);
  }

  private static RuleAction plain(Entry action) throws RuleException {
    RuleAction.Kind kind = action.choice(RuleAction.Kind.class);
    if (kind == RuleAction.Kind.SAMPLE) {
      throw action.error("must say how: sample: {every: 1, iterations: 200}");
    }
    return new RuleAction(kind, 0, 0);
  }

  private static RuleAction burst(Entry action) throws RuleException {
    Entry sample = needed(action, action.mapping(Set.of("sample")), "sample");
    Map<String, Entry> keys = sample.mapping(SAMPLE_KEYS);
    return new RuleAction(
        RuleAction.Kind.SAMPLE,
        needed(sample, keys, "every").count(1),
        needed(sample, keys, "iterations").count(1));
  }
}
