package dev.alidade.watch.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A place in a YAML file, read by type; what does not fit is an error with line and column. */
final class Entry {
  private final String source;
  private final @Nullable Node node;
  private final String path;

  Entry(String source, @Nullable Node node, String path) {
    this.source = source;
    this.node = node;
    this.path = path;
  }

  RuleException error(String message) {
    int line = node == null ? 0 : node.getStartMark().getLine();
    int column = node == null ? 0 : node.getStartMark().getColumn();
    return new RuleException(
        source, line + 1, column + 1, (path.isEmpty() ? "" : path + " ") + message);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The keys, all of them known and each there once. */
  Map<String, Entry> mapping(Set<String> known) throws RuleException {
    if (!(node instanceof MappingNode mapping)) {
      throw error("must be a mapping with " + String.join(", ", known));
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Entry key = new Entry(source, tuple.getKeyNode(), path);
      String name = key.text();
      Entry value =
          new Entry(source, tuple.getValueNode(), path.isEmpty() ? name : path + "." + name);
      if (!known.contains(name)) {
        throw key.error(
            "has no key '%s'; known: %s".formatted(name, String.join(", ", new TreeSet<>(known))));
      }
      if (entries.put(name, value) != null) {
        throw key.error("has key '" + name + "' twice");
      }
    }
    return entries;
  }

  List<Entry> list() throws RuleException {
    if (!(node instanceof SequenceNode sequence)) {
      throw error("must be a list");
    }
    List<Entry> entries = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      entries.add(new Entry(source, element, path + "[" + entries.size() + "]"));
    }
    return entries;
  }

  String text() throws RuleException {
    if (!(node instanceof ScalarNode scalar)) {
      throw error("must be a text");
    }
    return scalar.getValue();
  }

  List<String> texts() throws RuleException {
    if (!isList()) {
      return List.of(text());
    }
    List<String> texts = new ArrayList<>();
    for (Entry entry : list()) {
      texts.add(entry.text());
    }
    return List.copyOf(texts);
  }

  double number() throws RuleException {
    double value;
    try {
      value = Double.parseDouble(text());
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!Double.isFinite(value)) {
      throw error("must be a number: " + text());
    }
    return value;
  }

  double above(double floor) throws RuleException {
    double value = number();
    if (value <= floor) {
      throw error("must be above " + floor + ": " + value);
    }
    return value;
  }

  int count(int least) throws RuleException {
    double value = number();
    if (value < least || value > 1_000_000 || value != Math.rint(value)) {
      throw error("must be a whole number from " + least + " to 1000000: " + text());
    }
    return (int) value;
  }

  boolean flag() throws RuleException {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error("must be true or false: " + text());
    };
  }

  Span span() throws RuleException {
    return parsed(Span::parse);
  }

  <E extends Enum<E>> E choice(Class<E> type) throws RuleException {
    Set<String> names = new TreeSet<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text())) {
        return constant;
      }
      names.add(name);
    }
    throw error("must be one of " + String.join(", ", names) + ": " + text());
  }

  private <T> T parsed(Function<String, T> parser) throws RuleException {
    try {
      return parser.apply(text());
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }
}
