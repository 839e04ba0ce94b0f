package dev.alidade.server.meters;

import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What layers and parameters are called in the metrics: their names, made different; bounded. */
public final class LayerLabels {
  private LayerLabels() {}

  /** By index; layers past the bound have none. */
  public static List<String> of(Description description) {
    List<String> names = description.getLayersList().stream().map(Layer::getName).toList();
    return of(names, RunMeters.MOST_LAYERS);
  }

  /** By index; parameters past the bound have none. */
  static List<String> ofParameters(Description description) {
    List<String> names = description.getParametersList().stream().map(Parameter::getName).toList();
    return of(names, RunMeters.MOST_PARAMETERS);
  }

  private static List<String> of(List<String> names, int most) {
    List<String> labels = new ArrayList<>();
    Set<String> taken = new HashSet<>(Set.of(RunMeters.OTHER));
    for (int i = 0; i < Math.min(names.size(), most); i++) {
      String label = MetricNames.label(names.get(i));
      labels.add(!label.isEmpty() && taken.add(label) ? label : "#" + i + " " + label);
    }
    return labels;
  }
}
