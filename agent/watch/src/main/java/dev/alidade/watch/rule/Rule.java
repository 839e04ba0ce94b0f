package dev.alidade.watch.rule;

import dev.alidade.wire.proto.Severity;
import java.util.List;

/**
 * One trouble to look out for. Two rules with equal fields are the same rule: a reload keeps its
 * state.
 *
 * @param id "dead-units": letters, digits, dashes
 * @param name for people
 * @param scope whose measures they are
 * @param warmup what of a run is not judged
 * @param until what of a run is judged at most; {@link Span#NONE}: all of it
 * @param hold how long the condition must hold before it fires ("for" in the file)
 * @param clear how long it must be over before it is resolved
 * @param together fires of this rule on other subjects within this span follow from the first
 * @param mostPerHour alerts of this rule that are raised within an hour
 * @param inhibits globs of rules whose alerts follow from this one's while it fires
 * @param actions what to do when it fires
 * @param text what it means, why it matters, what to try, where it is from
 */
public record Rule(
    String id,
    String name,
    Scope scope,
    Layers layers,
    Condition condition,
    Severity severity,
    Span warmup,
    Span until,
    Span hold,
    Span clear,
    Span together,
    int mostPerHour,
    List<String> inhibits,
    List<RuleAction> actions,
    Text text) {

  /** Whose values a rule looks at. */
  public enum Scope {
    LAYER,
    RUN,
    PARAMETER
  }

  /** For people: each one or two sentences, or empty. */
  public record Text(String meaning, String why, String advice, String reference) {}

  public boolean inhibits(Rule other) {
    return !id.equals(other.id) && inhibits.stream().anyMatch(glob -> Layers.glob(glob, other.id));
  }
}
