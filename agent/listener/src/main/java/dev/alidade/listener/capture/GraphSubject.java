package dev.alidade.listener.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A ComputationGraph: every vertex but the inputs, in topological order, by its name. */
final class GraphSubject extends Subject {
  GraphSubject(ComputationGraph graph) {
    GraphVertex[] all = graph.getVertices();
    List<String> outputs = graph.getConfiguration().getNetworkOutputs();
    Map<Integer, Integer> indexes = new HashMap<>();
    for (int number : graph.topologicalSortOrder()) {
      GraphVertex vertex = all[number];
      if (vertex.isInputVertex()) {
        continue;
      }
      List<String> from = new ArrayList<>();
      LayerPlan before = Configurations.input("input");
      for (VertexIndices edge : vertex.getInputVertices()) {
        Integer index = indexes.get(edge.getVertexIndex());
        from.add(index == null ? "input" : plans.get(index).name());
        before = index == null ? before : plans.get(index);
        if (index != null) {
          readers.get(index).add(plans.size());
        }
      }
      indexes.put(number, plans.size());
      add(plan(vertex, outputs.contains(vertex.getVertexName()), before), from);
    }
  }

  private static LayerPlan plan(GraphVertex vertex, boolean output, LayerPlan before) {
    String name = vertex.getVertexName();
    return vertex.hasLayer()
        ? Configurations.layer(name, vertex.getLayer().conf().getLayer(), output, before)
        : Configurations.vertex(name, vertex.getClass().getSimpleName(), before);
  }

  @Override
  String kind() {
    return "ComputationGraph";
  }

  @Override
  int iteration(Model model) {
    return ((ComputationGraph) model).getIterationCount();
  }

  @Override
  long dataWaitMillis(Model model) {
    return ((ComputationGraph) model).getLastEtlTime();
  }

  @Override
  String parameterPrefix(int layer) {
    return plans.get(layer).name() + "_";
  }

  @Override
  @Nullable INDArray activation(Object handed, int layer) {
    return (INDArray) ((Map<?, ?>) handed).get(plans.get(layer).name());
  }

  @Override
  @Nullable Layer layer(Model model, int index) {
    GraphVertex vertex = ((ComputationGraph) model).getVertex(plans.get(index).name());
    return vertex.hasLayer() ? vertex.getLayer() : null;
  }
}
