package dev.alidade.watch.rule;

import dev.alidade.analysis.Quantities;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Quantity;
import java.util.Set;
import java.util.TreeSet;

/**
 * The quantities a rule may name: those every run announces, those derived here, and, when a run is
 * at hand, its own.
 */
public final class Vocabulary {
  /** The largest |h|'s unit. */
  public static final String TOP_UNIT = "top_unit";

  /** Of the newest map: 1 - Spearman correlation with the distances before. */
  public static final String MAP_DRIFT = "map_drift";

  /** Of the newest map: mean movement of a unit, share of the map's radius. */
  public static final String MAP_DISPLACEMENT = "map_displacement";

  public static final String SCORE = "score";

  /** Samples dropped so far, for any reason. */
  public static final String DROPPED = "dropped_samples";

  private static final Set<String> DERIVED =
      Set.of(TOP_UNIT, MAP_DRIFT, MAP_DISPLACEMENT, SCORE, DROPPED);

  private static final Set<String> RUN =
      Set.of(
          "iteration_rate",
          "example_rate",
          "learning_rate",
          "callback_share",
          "analysis_share",
          "layout_tick_seconds",
          "queue_depth",
          "sampling_interval",
          "agent_failures");

  private static final Set<String> PARAMETER =
      Set.of(
          "weight_mean_abs",
          "weight_std",
          "gradient_mean_abs",
          "gradient_std",
          "update_mean_abs",
          "update_std",
          "update_ratio");

  private final Set<String> known = new TreeSet<>();

  private Vocabulary() {
    Quantities.layer().forEach(quantity -> known.add(quantity.info().id()));
    known.addAll(DERIVED);
    known.addAll(RUN);
    known.addAll(PARAMETER);
  }

  /** What every run has. */
  public static Vocabulary common() {
    return new Vocabulary();
  }

  /** What every run has, and this one. */
  public static Vocabulary of(Description run) {
    Vocabulary vocabulary = new Vocabulary();
    run.getQuantitiesList().stream().map(Quantity::getId).forEach(vocabulary.known::add);
    return vocabulary;
  }

  /** Ids that are not announced but computed from a frame's other fields. */
  public static Set<String> derived() {
    return DERIVED;
  }

  public boolean knows(String id) {
    return known.contains(id);
  }

  @Override
  public String toString() {
    return String.join(", ", known);
  }
}
