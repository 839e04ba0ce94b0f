package dev.alidade.server.meters;

import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.ParameterNumbers;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The last values of one run. Bounded: the first {@value #MOST_LAYERS} layers by name, the others
 * together; the first {@value #MOST_PARAMETERS} arrays of parameters; {@value #MOST_QUANTITIES}
 * quantities. Thread safe.
 */
final class RunMeters {
  static final int MOST_LAYERS = 64;
  static final int MOST_PARAMETERS = 64;
  static final String OTHER = "other";
  private static final int MOST_QUANTITIES = 200;
  private static final int MOST_ORIGINS = 64;
  private static final int MOST_REASONS = 16;

  /** A metric and what it means. */
  record Meter(String name, String help, boolean sparse) {
    Meter(String name, String help) {
      this(name, help, false);
    }

    /** What is not a number now, but was, and is not expected in every sample. */
    private static void hold(List<Meter> meters, float[] before, float[] now) {
      for (int i = 0; i < Math.min(before.length, now.length); i++) {
        if (meters.get(i).sparse() && Float.isNaN(now[i])) {
          now[i] = before[i];
        }
      }
    }
  }

  /** One layer, or all that are past the bound. */
  static final class Layer {
    final String label;
    final Magnitudes magnitudes = new Magnitudes();
    float[] values = new float[0];

    Layer(String label) {
      this.label = label;
    }
  }

  /** Sees the run at one instant. */
  interface Reader {
    void read(RunMeters run);
  }

  private final String run;
  private final String name;
  private final long createdMillis;
  private final List<Layer> layers = new ArrayList<>();
  private final Layer other = new Layer(OTHER);
  private final Map<Origin, Map<String, Long>> dropped = new HashMap<>();
  private List<Meter> layerMeters = List.of();
  private List<Meter> runMeters = List.of();
  private List<Meter> parameterMeters = List.of();
  private List<String> parameterLabels = List.of();
  private final Map<Integer, float[]> parameters = new TreeMap<>();
  private List<String> layerLabels = List.of();
  private float[] runValues = new float[0];
  private double score = Double.NaN;
  private long iteration;
  private long samples;
  private long endedMillis = Long.MAX_VALUE;

  RunMeters(String run, String name, long createdMillis) {
    this.run = run;
    this.name = name;
    this.createdMillis = createdMillis;
  }

  synchronized void ended(long millis) {
    endedMillis = millis;
  }

  synchronized void started() {
    endedMillis = Long.MAX_VALUE;
  }

  synchronized boolean endedBefore(long millis) {
    return endedMillis < millis;
  }

  /** Everything in {@code reader} is of one instant. */
  synchronized void read(Reader reader) {
    reader.read(this);
  }

  /** Takes in a frame; one whose payload does not decode is data and changes nothing. */
  synchronized void accept(Frame frame) {
    try {
      switch (frame.kind()) {
        case KIND_DESCRIPTION -> describe(frame.payload(Description.parser()));
        case KIND_NUMBERS -> numbers(frame, frame.payload(Numbers.parser()));
        default -> {}
      }
    } catch (MalformedFrameException e) {
      // The store and the dashboard show it as it is.
    }
  }

  private void describe(Description description) {
    layerMeters = meters(description, Scope.SCOPE_LAYER, "alidade_train_", Set.of());
    parameterMeters = meters(description, Scope.SCOPE_PARAMETER, "alidade_parameter_", Set.of());
    parameterLabels = LayerLabels.ofParameters(description);
    runMeters = meters(description, Scope.SCOPE_RUN, "alidade_run_", TrainMeters.OWN);
    layerLabels = LayerLabels.of(description);
  }

  private static List<Meter> meters(
      Description description, Scope scope, String prefix, Set<String> reserved) {
    List<Meter> meters = new ArrayList<>();
    Set<String> taken = new HashSet<>(reserved);
    for (Quantity quantity : description.getQuantitiesList()) {
      if (quantity.getScope() == scope && meters.size() < MOST_QUANTITIES) {
        String name = MetricNames.of(prefix, quantity.getId());
        // A place is kept for a name that is taken: values come by index.
        String own = !quantity.getId().isEmpty() && taken.add(name) ? name : "";
        meters.add(
            new Meter(
                own,
                MetricNames.help(quantity.getMeaning(), quantity.getName()),
                quantity.getSparse()));
      }
    }
    return meters;
  }

  private void numbers(Frame frame, Numbers numbers) {
    score = numbers.getScore();
    iteration = Math.max(iteration, frame.iteration());
    samples++;
    if (dropped.size() < MOST_ORIGINS || dropped.containsKey(frame.origin())) {
      dropped.put(frame.origin(), numbers.getDroppedMap());
    }
    float[] run = floats(numbers.getRunValuesList(), runMeters.size());
    Meter.hold(runMeters, runValues, run);
    runValues = run;
    for (ParameterNumbers each : numbers.getParametersList()) {
      if (each.getParameter() >= 0 && each.getParameter() < parameterLabels.size()) {
        float[] values = floats(each.getValuesList(), parameterMeters.size());
        parameters.put(each.getParameter(), values);
      }
    }
    List<float[]> rest = new ArrayList<>();
    for (LayerNumbers layer : numbers.getLayersList()) {
      float[] values = floats(layer.getValuesList(), layerMeters.size());
      Layer known = layer(layer.getLayer());
      known.magnitudes.add(layer.getHistogram());
      if (known == other) {
        rest.add(values);
      } else {
        Meter.hold(layerMeters, known.values, values);
        known.values = values;
      }
    }
    if (!rest.isEmpty()) {
      other.values = means(rest);
    }
  }

  private Layer layer(int index) {
    if (index < 0 || index >= layerLabels.size()) {
      return other;
    }
    for (int i = layers.size(); i <= index; i++) {
      layers.add(new Layer(layerLabels.get(i)));
    }
    return layers.get(index);
  }

  private static float[] floats(List<Float> values, int most) {
    float[] copy = new float[Math.min(values.size(), most)];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values.get(i);
    }
    return copy;
  }

  /** Mean of each quantity over the layers that have it. */
  private static float[] means(List<float[]> rows) {
    int most = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    float[] means = new float[most];
    for (int i = 0; i < most; i++) {
      double sum = 0;
      int present = 0;
      for (float[] row : rows) {
        if (i < row.length && !Float.isNaN(row[i])) {
          sum += row[i];
          present++;
        }
      }
      means[i] = present == 0 ? Float.NaN : (float) (sum / present);
    }
    return means;
  }

  // ------------------------------------------------------------------ for readers

  String run() {
    return run;
  }

  String name() {
    return name;
  }

  long createdMillis() {
    return createdMillis;
  }

  double score() {
    return score;
  }

  long iteration() {
    return iteration;
  }

  long samples() {
    return samples;
  }

  float[] runValues() {
    return runValues;
  }

  List<Meter> runMeters() {
    return runMeters;
  }

  List<Meter> layerMeters() {
    return layerMeters;
  }

  List<Meter> parameterMeters() {
    return parameterMeters;
  }

  /** The arrays of parameters that have been seen, by their labels: the first ones only. */
  Map<String, float[]> parameters() {
    Map<String, float[]> all = new LinkedHashMap<>();
    parameters.forEach((index, values) -> all.put(parameterLabels.get(index), values));
    return all;
  }

  /** The layers that have been seen, the rest last if there is one. */
  List<Layer> layers() {
    List<Layer> all = new ArrayList<>(layers);
    if (other.values.length > 0) {
      all.add(other);
    }
    return all;
  }

  Map<String, Long> dropped() {
    Map<String, Long> sums = new TreeMap<>();
    for (Map<String, Long> each : dropped.values()) {
      each.forEach(
          (reason, count) -> {
            String label = MetricNames.label(reason);
            String bounded = sums.size() < MOST_REASONS || sums.containsKey(label) ? label : OTHER;
            sums.merge(bounded, Math.max(0, count), Long::sum);
          });
    }
    return new LinkedHashMap<>(sums);
  }
}
