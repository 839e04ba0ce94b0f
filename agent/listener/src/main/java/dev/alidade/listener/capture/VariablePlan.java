package dev.alidade.listener.capture;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * One watched variable of a SameDiff graph. Which axis is which is told by its rank when it is
 * first seen, and by the convolution it comes from: a rank of 3 is [batch, time, features], of 4
 * [batch, channels, height, width] or attention's [batch, heads, queries, keys].
 *
 * @param pictured whether it comes from a convolution, so that its positions are pixels
 * @param channelsLast whether that convolution's channels are its last axis
 */
record VariablePlan(
    String name,
    String type,
    List<String> inputs,
    boolean output,
    boolean pictured,
    boolean channelsLast) {
  /** How far back a convolution is looked for. */
  private static final int FAR = 64;

  private static final Set<String> LAST = Set.of("NHWC", "NWC", "NDHWC");
  private static final List<String> SPATIAL = List.of("conv", "pool", "upsampling");

  static VariablePlan of(OpGraph graph, String name, List<String> inputs, boolean output) {
    String at = name;
    for (int i = 0; i < FAR; i++) {
      String type = graph.type(at);
      if (SPATIAL.stream().anyMatch(type::contains)) {
        SameDiffOp op = Objects.requireNonNull(graph.producer(at));
        boolean last = channelsLast(op.getOp().propertiesForFunction());
        return new VariablePlan(name, graph.type(name), inputs, output, true, last);
      }
      List<String> from = graph.inputs(at);
      if (from.isEmpty() || !keepsAxes(type)) {
        break;
      }
      at = from.get(0);
    }
    return new VariablePlan(name, graph.type(name), inputs, output, false, false);
  }

  /** Elementwise operations and normalisation leave the axes where they were. */
  private static boolean keepsAxes(String type) {
    return !UsualVariables.activation(type).isEmpty()
        || Set.of("add", "multiply", "subtract", "divide", "batchnorm", "biasadd", "identity")
            .contains(type);
  }

  private static boolean channelsLast(Map<String, Object> properties) {
    return properties.entrySet().stream()
        .anyMatch(
            each ->
                LAST.contains(String.valueOf(each.getValue()))
                    || (each.getKey().matches("isN[WHD]+C")
                        && Boolean.TRUE.equals(each.getValue())));
  }

  /** The plan of a layer that describes it, once its rank is known. */
  LayerPlan layer(int rank) {
    return new LayerPlan(
        name,
        type,
        UsualVariables.activation(type),
        output,
        pictured ? Meaning.POOLED : Meaning.OBSERVED,
        pictured ? channelsLast : rank == 3);
  }

  /** Attention weights by head. */
  boolean attention(int rank) {
    return rank == 4 && !pictured && type.equals("softmax");
  }
}
