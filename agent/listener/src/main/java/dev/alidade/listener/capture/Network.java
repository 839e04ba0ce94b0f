package dev.alidade.listener.capture;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The layers of one architecture, as its first sample showed them. Replicas of one model
 * (ParallelWrapper's, Spark's) are the same network. Immutable.
 */
public final class Network {
  static final String SAME_DIFF = "SameDiff";

  private final String kind;
  private final List<LayerInfo> layers;
  private final List<ParameterInfo> parameters;

  Network(String kind, List<LayerInfo> layers) {
    this(kind, layers, List.of());
  }

  Network(String kind, List<LayerInfo> layers, List<ParameterInfo> parameters) {
    this.kind = kind;
    this.parameters = List.copyOf(parameters);
    this.layers = List.copyOf(layers);
  }

  /** The model's class, "MultiLayerNetwork". */
  public String kind() {
    return kind;
  }

  /** Whether it is a graph of variables: a probe looks at networks of layers only. */
  public boolean graph() {
    return kind.equals(SAME_DIFF);
  }

  public List<LayerInfo> layers() {
    return layers;
  }

  /** None where they are not asked for. */
  public List<ParameterInfo> parameters() {
    return parameters;
  }

  /** Equal for replicas, whatever the length of their sequences. */
  public String signature() {
    return layers.stream().map(LayerInfo::signature).collect(Collectors.joining("\n", kind, ""));
  }
}
