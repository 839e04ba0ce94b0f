package dev.alidade.listener.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.random.BaseRandomOp;

/**
 * What is watched of one SameDiff graph, and what must be asked for so that training computes it:
 * the losses, which lie on no gradient's way, and watched variables that do not either. Immutable;
 * holds names, not the graph.
 */
final class GraphPlan {
  private static final int MOST_VARIABLES = 256;
  private static final int MOST_NAMED = 12;

  /** Operations that change something beside their result, or run at another time. */
  private static final List<String> NOT_ASKED_FOR =
      List.of(
          "random",
          "dropout",
          "assign",
          "scatter",
          "tensorarray",
          "switch",
          "merge",
          "enter",
          "exit",
          "next_iteration",
          "loop",
          "while",
          "invoke");

  final List<VariablePlan> variables = new ArrayList<>();
  final Map<String, Integer> index = new HashMap<>();

  /** Asked for in every iteration: the losses, so that SameDiff reports them at all. */
  final List<String> losses = new ArrayList<>();

  /** Asked for when a sample is taken. */
  final List<String> extras = new ArrayList<>();

  /** The operations that only run because something was asked for. */
  final Set<String> askedOps = new LinkedHashSet<>();

  /** False where a loss could not be asked for: the score is not known then. */
  final boolean scored;

  /** The one watched variable that the loss judges; -1 when there is none or are several. */
  final int output;

  private final int graphSize;
  private final List<String> lossVariables;

  /**
   * Plans for the graph as it is now.
   *
   * @param gradients the graph that training executes, this one with its gradients
   */
  GraphPlan(
      SameDiff graph, SameDiff gradients, List<VariablePattern> patterns, Consumer<String> notes) {
    OpGraph forward = new OpGraph(graph);
    OpGraph whole = new OpGraph(gradients);
    graphSize = forward.size();
    lossVariables = List.copyOf(graph.getLossVariables());
    UsualVariables usual = new UsualVariables(forward, lossVariables);
    List<String> chosen = patterns.isEmpty() ? usual.names() : named(forward, patterns, notes);
    Set<String> needed = whole.origins(gradientNames(gradients));
    Set<String> given = given(gradients.getTrainingConfig());

    boolean all = true;
    for (String loss : lossVariables) {
      all &= ask(loss, losses, whole, needed, given);
    }
    scored = all;
    if (!all) {
      notes.accept("score is not known: the loss cannot be computed beside the gradients");
    }
    Set<String> outputs = usual.outputs();
    Set<String> watched = new LinkedHashSet<>(chosen);
    int judged = -1;
    for (String name : chosen) {
      if (variables.size() == MOST_VARIABLES) {
        notes.accept("variables must be at most " + MOST_VARIABLES + ": " + chosen.size());
        break;
      }
      if (needed.contains(name) || ask(name, extras, whole, needed, given)) {
        if (outputs.contains(name)) {
          judged = outputs.size() == 1 ? variables.size() : -1;
        }
        index.put(name, variables.size());
        variables.add(
            VariablePlan.of(forward, name, before(forward, name, watched), outputs.contains(name)));
      } else {
        notes.accept("variable " + name + " is not watched: no gradient needs it");
      }
    }
    output = judged;
  }

  int lossCount() {
    return lossVariables.size();
  }

  /** Whether the graph has changed since. */
  boolean outdated(SameDiff graph) {
    return graph.getOps().size() != graphSize || !graph.getLossVariables().equals(lossVariables);
  }

  private static List<String> named(
      OpGraph graph, List<VariablePattern> patterns, Consumer<String> notes) {
    List<String> all = graph.computed();
    Set<String> found = new LinkedHashSet<>();
    for (VariablePattern pattern : patterns) {
      List<String> matching =
          all.stream().filter(name -> pattern.matches(name, graph.type(name))).toList();
      if (matching.isEmpty()) {
        String known = all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        String types =
            all.stream()
                .map(graph::type)
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", type:", "type:", ""));
        notes.accept(
            "no variable matches '" + pattern + "'; there are " + known + " …; " + types + " …");
      }
      found.addAll(matching);
    }
    List<String> ordered = new ArrayList<>(all);
    ordered.retainAll(found);
    return ordered;
  }

  private static List<String> gradientNames(SameDiff gradients) {
    return gradients.variables().stream()
        .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
        .map(SDVariable::getGradient)
        .filter(Objects::nonNull)
        .map(SDVariable::name)
        .toList();
  }

  /** The placeholders that a batch fills. */
  private static Set<String> given(TrainingConfig config) {
    Set<String> names = new LinkedHashSet<>();
    names.addAll(config.getDataSetFeatureMapping());
    for (List<String> more :
        Arrays.asList(
            config.getDataSetLabelMapping(),
            config.getDataSetFeatureMaskMapping(),
            config.getDataSetLabelMaskMapping())) {
      if (more != null) {
        names.addAll(more);
      }
    }
    return names;
  }

  /** Whether a variable is computed in training, if need be because it is asked for. */
  private boolean ask(
      String name, List<String> into, OpGraph whole, Set<String> needed, Set<String> given) {
    if (needed.contains(name)) {
      return true;
    }
    if (!whole.has(name)) {
      return false;
    }
    Set<String> more = new LinkedHashSet<>();
    for (String origin : whole.origins(List.of(name))) {
      SameDiffOp op = whole.producer(origin);
      if (op != null && !needed.contains(origin)) {
        if (changesSomething(op)) {
          return false;
        }
        more.add(op.getName());
      }
      if (whole.placeholder(origin) && !given.contains(origin)) {
        return false;
      }
    }
    into.add(name);
    askedOps.addAll(more);
    return true;
  }

  private static boolean changesSomething(SameDiffOp op) {
    String type = OpGraph.type(op);
    return op.getOp() instanceof BaseRandomOp || NOT_ASKED_FOR.stream().anyMatch(type::contains);
  }

  /** The nearest watched variables that one is computed from, or "input". */
  private static List<String> before(OpGraph graph, String name, Set<String> watched) {
    Set<String> found = new LinkedHashSet<>();
    Set<String> seen = new LinkedHashSet<>();
    ArrayDeque<String> next = new ArrayDeque<>(graph.inputs(name));
    while (!next.isEmpty()) {
      String at = next.poll();
      if (!seen.add(at)) {
        continue;
      }
      if (watched.contains(at)) {
        found.add(at);
      } else if (graph.placeholder(at)) {
        found.add("input");
      } else {
        next.addAll(graph.inputs(at));
      }
    }
    return found.isEmpty() ? List.of("input") : List.copyOf(found);
  }
}
