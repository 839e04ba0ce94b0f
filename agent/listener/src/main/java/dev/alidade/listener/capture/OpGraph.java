package dev.alidade.listener.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;

/**
 * The graph of a SameDiff instance as it is now, walked by the names of its variables. Holds what
 * it walks, so it is used while a plan is made and then let go.
 */
final class OpGraph {
  private static final Set<String> PRODUCTS =
      Set.of("matmul", "mmul", "tensormmul", "batched_gemm", "xw_plus_b", "linear_layer");

  private final Map<String, SameDiffOp> ops;
  private final Map<String, Variable> variables;

  OpGraph(SameDiff graph) {
    ops = graph.getOps();
    variables = graph.getVariables();
  }

  int size() {
    return ops.size();
  }

  /** Every variable that an operation computes, in the order in which these were added. */
  List<String> computed() {
    List<String> names = new ArrayList<>();
    for (SameDiffOp op : ops.values()) {
      for (String name : op.getOutputsOfOp()) {
        Variable variable = variables.get(name);
        if (variable != null && variable.getVariable().dataType().isFPType()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  boolean has(String variable) {
    return variables.containsKey(variable);
  }

  private boolean is(String variable, VariableType type) {
    Variable found = variables.get(variable);
    return found != null && found.getVariable().getVariableType() == type;
  }

  boolean parameter(String variable) {
    return is(variable, VariableType.VARIABLE);
  }

  boolean placeholder(String variable) {
    return is(variable, VariableType.PLACEHOLDER);
  }

  /** The operation that computes a variable; null for what is given. */
  @Nullable SameDiffOp producer(String variable) {
    Variable found = variables.get(variable);
    String op = found == null ? null : found.getOutputOfOp();
    return op == null ? null : ops.get(op);
  }

  /** The name of that operation, "softmax"; empty for what is given. */
  String type(String variable) {
    SameDiffOp op = producer(variable);
    return op == null ? "" : type(op);
  }

  static String type(SameDiffOp op) {
    return op.getOp().opName().toLowerCase(Locale.ROOT);
  }

  /** What a variable is computed from, in the order of the operation's arguments. */
  List<String> inputs(String variable) {
    SameDiffOp op = producer(variable);
    return op == null || op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
  }

  /** The variables that are computed from one directly. */
  List<String> uses(String variable) {
    Variable found = variables.get(variable);
    List<String> uses = new ArrayList<>();
    if (found != null && found.getInputsForOp() != null) {
      for (String name : found.getInputsForOp()) {
        SameDiffOp op = ops.get(name);
        if (op != null) {
          uses.addAll(op.getOutputsOfOp());
        }
      }
    }
    return uses;
  }

  /** The given variables and all that they are computed from. */
  Set<String> origins(Collection<String> of) {
    Set<String> seen = new LinkedHashSet<>();
    ArrayDeque<String> next = new ArrayDeque<>(of);
    while (!next.isEmpty()) {
      String variable = next.poll();
      if (seen.add(variable)) {
        next.addAll(inputs(variable));
        SameDiffOp op = producer(variable);
        if (op != null && op.getControlDeps() != null) {
          next.addAll(op.getControlDeps());
        }
      }
    }
    return seen;
  }

  /** Whether the operation that computes a variable multiplies by or convolves with something. */
  boolean weighs(String variable) {
    String type = type(variable);
    return PRODUCTS.contains(type) || type.contains("conv");
  }

  boolean attends(String variable) {
    return type(variable).equals("softmax") || type(variable).contains("dot_product_attention");
  }
}
