package dev.alidade.watch.rule;

import dev.alidade.watch.rule.Condition.Change.Against;
import dev.alidade.watch.rule.Measure.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the condition of a rule. */
final class ConditionReader {
  static final Set<String> KINDS =
      Set.of(
          "above",
          "below",
          "outside",
          "change",
          "flat",
          "deviation",
          "changepoint",
          "fit",
          "switched",
          "missing",
          "all",
          "any");
  private static final Set<String> MEASURE = Set.of("quantity", "series", "relative_to", "clear");
  private static final Set<String> CHANGE =
      Set.of("factor", "difference", "within", "direction", "against");

  private final Vocabulary vocabulary;

  ConditionReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  static Set<String> keys() {
    Set<String> keys = new TreeSet<>(KINDS);
    keys.addAll(MEASURE);
    return keys;
  }

  Condition read(Entry entry) throws RuleException {
    Map<String, Entry> keys = entry.mapping(keys());
    List<String> kinds = keys.keySet().stream().filter(KINDS::contains).toList();
    if (kinds.size() != 1) {
      throw entry.error(
          "must have one of %s: %s"
              .formatted(String.join(", ", new TreeSet<>(KINDS)), String.join(", ", kinds)));
    }
    String kind = kinds.get(0);
    Entry value = keys.get(kind);
    if (value == null) {
      throw entry.error("must say how");
    }
    Entry clear = keys.get("clear");
    if (clear != null && !Set.of("above", "below", "outside").contains(kind)) {
      throw clear.error("goes with above, below or outside, not with " + kind);
    }
    if (Set.of("all", "any", "missing").contains(kind)) {
      if (keys.size() > 1) {
        throw entry.error("must have nothing beside " + kind);
      }
      return composite(kind, value);
    }
    return ofMeasure(kind, measure(entry, keys), value, clear);
  }

  private Condition composite(String kind, Entry value) throws RuleException {
    if (kind.equals("missing")) {
      Entry gaps = value.mapping(Set.of("gaps")).get("gaps");
      if (gaps == null) {
        throw value.error("must have the key gaps");
      }
      return new Condition.Missing(gaps.above(1));
    }
    List<Condition> parts = new ArrayList<>();
    for (Entry part : value.list()) {
      parts.add(read(part));
    }
    if (parts.isEmpty()) {
      throw value.error("must have at least one condition");
    }
    return kind.equals("all")
        ? new Condition.All(List.copyOf(parts))
        : new Condition.Any(List.copyOf(parts));
  }

  private Measure measure(Entry entry, Map<String, Entry> keys) throws RuleException {
    Entry quantity = keys.get("quantity");
    Entry series = keys.get("series");
    Entry relative = keys.get("relative_to");
    Relation relation = relative == null ? Relation.NONE : relative.choice(Relation.class);
    if (quantity == null) {
      if (series == null) {
        throw entry.error("must have the key quantity, or series for one's own");
      }
      return new Measure(series.text(), relation);
    }
    if (!vocabulary.knows(quantity.text())) {
      throw quantity.error("is not known: %s; known: %s".formatted(quantity.text(), vocabulary));
    }
    return new Measure(quantity.text(), relation);
  }

  private Condition ofMeasure(String kind, Measure measure, Entry value, @Nullable Entry clear)
      throws RuleException {
    return switch (kind) {
      case "above", "below" -> threshold(kind.equals("above"), measure, value, clear);
      case "outside" -> outside(measure, value, clear);
      case "change" -> change(measure, value);
      case "flat" -> flat(measure, value);
      case "deviation" -> deviation(measure, value);
      case "changepoint" -> changePoint(measure, value);
      case "fit" -> new Condition.BeyondFit(measure, one(value, "factor").above(0));
      case "switched" -> new Condition.Switched(measure, one(value, "stable").count(2));
      default -> throw value.error("is not a condition: " + kind);
    };
  }

  private static Condition threshold(
      boolean above, Measure measure, Entry value, @Nullable Entry clear) throws RuleException {
    double limit = value.number();
    double back = clear == null ? limit : clear.number();
    if (clear != null && (above ? back > limit : back < limit)) {
      throw clear.error("must be on the safe side of %s: %s".formatted(value.text(), clear.text()));
    }
    return above
        ? new Condition.Threshold(measure, Double.NaN, limit, Double.NaN, back)
        : new Condition.Threshold(measure, limit, Double.NaN, back, Double.NaN);
  }

  private static Condition outside(Measure measure, Entry value, @Nullable Entry clear)
      throws RuleException {
    double[] bounds = pair(value);
    double[] back = clear == null ? bounds : pair(clear);
    if (clear != null && (back[0] < bounds[0] || back[1] > bounds[1])) {
      throw clear.error("must lie inside of " + bounds[0] + " and " + bounds[1]);
    }
    return new Condition.Threshold(measure, bounds[0], bounds[1], back[0], back[1]);
  }

  private static double[] pair(Entry value) throws RuleException {
    List<Entry> ends = value.list();
    if (ends.size() != 2 || ends.get(0).number() >= ends.get(1).number()) {
      throw value.error("must be two numbers, the lower first");
    }
    return new double[] {ends.get(0).number(), ends.get(1).number()};
  }

  private static Condition change(Measure measure, Entry value) throws RuleException {
    Map<String, Entry> keys = value.mapping(CHANGE);
    Entry factor = keys.get("factor");
    Entry difference = keys.get("difference");
    if ((factor == null) == (difference == null)) {
      throw value.error("must have either factor or difference");
    }
    Entry within = keys.get("within");
    if (within == null) {
      throw value.error("must have the key within");
    }
    Entry direction = keys.get("direction");
    Entry against = keys.get("against");
    return new Condition.Change(
        measure,
        within.span(),
        factor == null ? Double.NaN : factor.above(1),
        difference == null ? Double.NaN : difference.above(0),
        direction == null ? Direction.BOTH : direction.choice(Direction.class),
        against == null ? Against.START : against.choice(Against.class));
  }

  private static Condition flat(Measure measure, Entry value) throws RuleException {
    Map<String, Entry> keys = value.mapping(Set.of("within", "tolerance"));
    Entry within = keys.get("within");
    Entry tolerance = keys.get("tolerance");
    if (within == null || tolerance == null) {
      throw value.error("must have the keys within and tolerance");
    }
    return new Condition.Flat(measure, within.span(), tolerance.above(0));
  }

  private static Condition deviation(Measure measure, Entry value) throws RuleException {
    Map<String, Entry> keys = value.mapping(Set.of("mads", "window", "direction"));
    Entry mads = keys.get("mads");
    Entry window = keys.get("window");
    Entry direction = keys.get("direction");
    if (mads == null) {
      throw value.error("must have the key mads");
    }
    return new Condition.Deviation(
        measure,
        mads.above(0),
        window == null ? 50 : window.count(8),
        direction == null ? Direction.BOTH : direction.choice(Direction.class));
  }

  private static Condition changePoint(Measure measure, Entry value) throws RuleException {
    Map<String, Entry> keys = value.mapping(Set.of("window", "slack", "threshold"));
    Entry window = keys.get("window");
    Entry slack = keys.get("slack");
    Entry threshold = keys.get("threshold");
    return new Condition.ChangePoint(
        measure,
        window == null ? 50 : window.count(8),
        slack == null ? 1 : slack.above(0),
        threshold == null ? 12 : threshold.above(0));
  }

  private static Entry one(Entry value, String key) throws RuleException {
    Entry entry = value.mapping(Set.of(key)).get(key);
    if (entry == null) {
      throw value.error("must have the key " + key);
    }
    return entry;
  }
}
