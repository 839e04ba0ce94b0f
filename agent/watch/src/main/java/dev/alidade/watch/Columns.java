package dev.alidade.watch;

import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where in a Numbers message a quantity stands, and which layer feeds which. */
final class Columns {
  /** Scope and index of a quantity. */
  record Column(Scope scope, int index) {}

  private final Map<String, Column> columns = new HashMap<>();
  private final List<Layer> layers;
  private final int[] below;
  private final List<String> parameters;

  Columns(Description description) {
    Map<Scope, Integer> next = new HashMap<>();
    for (Quantity quantity : description.getQuantitiesList()) {
      int index = next.merge(quantity.getScope(), 1, Integer::sum) - 1;
      columns.put(quantity.getId(), new Column(quantity.getScope(), index));
    }
    layers = description.getLayersList();
    Map<String, Integer> byName = new HashMap<>();
    below = new int[layers.size()];
    for (int i = 0; i < below.length; i++) {
      below[i] = -1;
      for (String input : layers.get(i).getInputsList()) {
        below[i] = Math.max(below[i], byName.getOrDefault(input, -1));
      }
      byName.put(layers.get(i).getName(), i);
    }
    parameters = description.getParametersList().stream().map(p -> p.getName()).toList();
  }

  /** Null when the run has not announced it. */
  @org.jspecify.annotations.Nullable
  Column column(String quantity) {
    return columns.get(quantity);
  }

  List<Layer> layers() {
    return layers;
  }

  List<String> parameters() {
    return parameters;
  }

  /** Index of the layer that feeds this one; -1 when that is the input. */
  int below(int layer) {
    return below[layer];
  }
}
