package dev.alidade.listener.pipeline;

import dev.alidade.analysis.quantity.RunQuantity;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The quantities of the run itself and the user's own series, by index. Values may be set from any
 * thread; the list only grows.
 */
final class RunQuantities {
  private static final int MOST_SERIES = 256;
  private static final String SERIES_HEADING = "Own series";

  private final List<Quantity> announced = new ArrayList<>();
  private final Map<RunQuantity, Integer> places = new EnumMap<>(RunQuantity.class);
  private final Map<String, Integer> series = new LinkedHashMap<>();
  private final Map<String, Double> unsent = new LinkedHashMap<>();
  private float[] values;
  private boolean grown = true;

  RunQuantities() {
    for (RunQuantity each : RunQuantity.values()) {
      places.put(each, announced.size());
      announced.add(
          Catalogue.said(each.info(), Scope.SCOPE_RUN).toBuilder()
              .setSparse(each.probed())
              .build());
    }
    values = new float[announced.size()];
    Arrays.fill(values, Float.NaN);
  }

  synchronized void set(RunQuantity quantity, double value) {
    values[place(quantity)] = (float) value;
  }

  private int place(RunQuantity quantity) {
    return Objects.requireNonNull(places.get(quantity));
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
    values[place(RunQuantity.PPL_SPARSITY)] = Float.NaN;
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
