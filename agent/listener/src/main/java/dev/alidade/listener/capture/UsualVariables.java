package dev.alidade.listener.capture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * The variables that are watched when nobody names any: what activation functions give, attention
 * weights, the sums that end a block, and what the loss judges.
 */
final class UsualVariables {
  private static final Set<String> ACTIVATIONS =
      Set.of(
          "relu",
          "relu6",
          "leakyrelu",
          "prelu",
          "crelu",
          "thresholdedrelu",
          "elu",
          "selu",
          "gelu",
          "precise_gelu",
          "swish",
          "mish",
          "tanh",
          "rectified_tanh",
          "rational_tanh",
          "sigmoid",
          "hard_sigmoid",
          "hardtanh",
          "softplus",
          "softsign");

  private final OpGraph graph;
  private final List<String> losses;

  UsualVariables(OpGraph graph, List<String> losses) {
    this.graph = graph;
    this.losses = losses;
  }

  /**
   * What an operation is as an activation function, spelt as Deeplearning4j's layers spell it;
   * empty when it is none.
   */
  static String activation(String type) {
    return ACTIVATIONS.contains(type) || type.equals("softmax")
        ? type.replace("_", "").toLowerCase(Locale.ROOT)
        : "";
  }

  /** In the order of the graph; variables that no loss depends on are left out. */
  List<String> names() {
    Set<String> trained = graph.origins(losses);
    Set<String> outputs = outputs();
    List<String> sums = new ArrayList<>();
    List<String> blocks = new ArrayList<>();
    Set<String> chosen = new LinkedHashSet<>(outputs);
    for (String name : graph.computed()) {
      if (!trained.contains(name)) {
        continue;
      }
      if (ACTIVATIONS.contains(graph.type(name)) || attentionWeights(name)) {
        chosen.add(name);
      }
      Set<String> branch = branch(name);
      if (branch.stream().anyMatch(graph::weighs)) {
        sums.add(name);
        if (branch.stream().noneMatch(graph::attends)) {
          blocks.add(name);
        }
      }
    }
    chosen.addAll(blocks.isEmpty() ? sums : blocks);
    List<String> ordered = new ArrayList<>(graph.computed());
    ordered.retainAll(chosen);
    return ordered;
  }

  /** A softmax whose result weighs something. */
  private boolean attentionWeights(String name) {
    SameDiffOp op = graph.producer(name);
    if (op != null && OpGraph.type(op).contains("dot_product_attention")) {
      return op.getOutputsOfOp().indexOf(name) == 1;
    }
    return graph.type(name).equals("softmax")
        && graph.uses(name).stream()
            .anyMatch(use -> graph.weighs(use) || graph.uses(use).stream().anyMatch(graph::weighs));
  }

  /**
   * What lies between the two summands of a residual sum, where one is computed from the other;
   * nothing for any other variable.
   */
  private Set<String> branch(String name) {
    List<String> inputs = graph.inputs(name);
    if (!graph.type(name).equals("add") || inputs.size() != 2) {
      return Set.of();
    }
    for (int i = 0; i < 2; i++) {
      String straight = inputs.get(i);
      if (graph.parameter(straight) || graph.producer(straight) == null) {
        continue;
      }
      Set<String> around = graph.origins(List.of(inputs.get(1 - i)));
      if (around.contains(straight)) {
        around.removeAll(graph.origins(List.of(straight)));
        return around;
      }
    }
    return Set.of();
  }

  /** What each loss judges: the last variable before it that has parameters of its own. */
  Set<String> outputs() {
    Set<String> outputs = new LinkedHashSet<>();
    for (String loss : losses) {
      String at = loss;
      while (true) {
        List<String> trained =
            graph.inputs(at).stream()
                .filter(input -> graph.origins(List.of(input)).stream().anyMatch(graph::parameter))
                .toList();
        if (trained.isEmpty()
            || graph.parameter(trained.get(0))
            || (!at.equals(loss) && trained.stream().anyMatch(graph::parameter))) {
          break;
        }
        at = trained.get(0);
      }
      if (!at.equals(loss)) {
        outputs.add(at);
      }
    }
    return outputs;
  }
}
