package dev.alidade.listener.pipeline;

import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The quantities of the run itself and the user's own series, by index. Values may be set from any
 * thread; the list only grows.
 */
final class RunQuantities {
  static final int ITERATION_RATE = 0;
  static final int EXAMPLE_RATE = 1;
  static final int LEARNING_RATE = 2;
  static final int CALLBACK_SHARE = 3;
  static final int ANALYSIS_SHARE = 4;
  static final int LAYOUT_TICK_SECONDS = 5;
  static final int QUEUE_DEPTH = 6;
  static final int SAMPLING_INTERVAL = 7;
  static final int AGENT_FAILURES = 8;
  static final int DATA_WAIT_SHARE = 9;

  private static final int MOST_SERIES = 256;
  private static final String SERIES_HEADING = "Own series";

  private final List<Quantity> announced = new ArrayList<>();
  private final Map<String, Integer> series = new LinkedHashMap<>();
  private final Map<String, Double> unsent = new LinkedHashMap<>();
  private float[] values;
  private boolean grown = true;

  RunQuantities() {
    String training = "Training";
    String agent = "Alidade itself";
    add(
        "iteration_rate",
        "Iterations",
        "per second",
        "Iterations of training per second.",
        training);
    add("example_rate", "Examples", "per second", "Examples trained on per second.", training);
    add("learning_rate", "Learning rate", "", "Of the first layer that has one.", training);
    add("callback_share", "Copying", "ratio", "CPU of our callbacks per CPU of training.", agent);
    add("analysis_share", "Analysis", "ratio", "CPU of the analysis thread per core.", agent);
    add("layout_tick_seconds", "Map tick", "seconds", "CPU of one tick of all maps.", agent);
    add("queue_depth", "Waiting", "samples", "Samples that wait for the analysis.", agent);
    add("sampling_interval", "Sampled every", "iterations", "As the governor allows.", agent);
    add("agent_failures", "Failures", "", "Of parts of the agent, since the start.", agent);
    add(
        "data_wait_share",
        "Waiting for data",
        "ratio",
        "Share of the time of fit(iterator) in which it waited for the iterator.",
        training);
    values = new float[announced.size()];
    Arrays.fill(values, Float.NaN);
  }

  private void add(String id, String name, String unit, String meaning, String heading) {
    announced.add(
        Quantity.newBuilder()
            .setId(id)
            .setName(name)
            .setUnit(unit)
            .setMeaning(meaning)
            .setScope(Scope.SCOPE_RUN)
            .setLow(0)
            .setHigh(unit.equals("ratio") ? 1 : Double.NaN)
            .setGroup(heading)
            .build());
  }

  synchronized void set(int index, double value) {
    values[index] = (float) value;
  }

  /**
   * Takes a value of the user's series, which is made when it is new; false when there are many.
   */
  synchronized boolean log(String name, double value) {
    Integer index = series.get(name);
    if (index == null) {
      if (series.size() >= MOST_SERIES) {
        return false;
      }
      index = announced.size();
      series.put(name, index);
      announced.add(
          Quantity.newBuilder()
              .setId(free(id(name)))
              .setName(name)
              .setMeaning("Logged by the training program.")
              .setScope(Scope.SCOPE_RUN)
              .setLow(Double.NaN)
              .setHigh(Double.NaN)
              .setGroup(SERIES_HEADING)
              .build());
      values = Arrays.copyOf(values, announced.size());
      grown = true;
    }
    values[index] = (float) value;
    unsent.put(name, value);
    return true;
  }

  private static String id(String name) {
    String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    return id.isEmpty() || !Character.isLetter(id.charAt(0)) ? "series_" + id : id;
  }

  private String free(String id) {
    String candidate = id;
    for (int n = 2; taken(candidate); n++) {
      candidate = id + "_" + n;
    }
    return candidate;
  }

  private boolean taken(String id) {
    return announced.stream().anyMatch(quantity -> quantity.getId().equals(id));
  }

  /** Whether quantities were added since the last call. */
  synchronized boolean hasGrown() {
    boolean was = grown;
    grown = false;
    return was;
  }

  synchronized List<Quantity> announced() {
    return List.copyOf(announced);
  }

  /** All values; those of the user's series are handed out once. */
  synchronized List<Float> take(int most) {
    List<Float> taken = new ArrayList<>(most);
    for (int i = 0; i < Math.min(most, values.length); i++) {
      taken.add(values[i]);
    }
    series.forEach(
        (name, index) -> {
          if (index < most) {
            values[index] = Float.NaN;
            unsent.remove(name);
          }
        });
    return taken;
  }

  /** What was logged since the last sample, by name. */
  synchronized Map<String, Double> unsent() {
    return new LinkedHashMap<>(unsent);
  }
}
