package dev.alidade.listener.capture;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network like the one in training that shares nothing with it. For inference only. */
final class ProbeNetwork {
  /** Is shown one layer's activation. */
  interface Visitor {
    void layer(int index, INDArray activation, LayerPlan plan);
  }

  private final Model model;
  private final Subject subject;

  /**
   * @param parameters are given, since a network that makes its own sets the seed of the generator
   */
  ProbeNetwork(String configuration, boolean layered, INDArray parameters) {
    if (layered) {
      var net = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
      net.init(parameters, false);
      model = net;
    } else {
      var graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
      graph.init(parameters, false);
      model = graph;
    }
    subject = Subject.of(model);
  }

  /** The array that holds them, to be written to. */
  INDArray parameters() {
    return model.params();
  }

  Model model() {
    return model;
  }

  /** The one layer that reads this one's activation, and reads nothing else; null for none. */
  @Nullable Layer onlyReader(int index) {
    List<Integer> readers = subject.readers.get(index);
    boolean alone = readers.size() == 1 && subject.inputs.get(readers.get(0)).size() == 1;
    return alone ? subject.layer(model, readers.get(0)) : null;
  }

  void forward(ProbeBatch batch, Visitor visitor) {
    Object handed = model instanceof MultiLayerNetwork net ? layered(net, batch) : graph(batch);
    try {
      for (int i = 0; i < subject.size(); i++) {
        INDArray activation = subject.activation(handed, i);
        if (activation != null) {
          visitor.layer(i, activation, subject.plans.get(i));
        }
      }
    } finally {
      release(handed, batch);
    }
  }

  /** Frees what one pass made, which would otherwise wait for the collector outside its sight. */
  private void release(Object handed, ProbeBatch batch) {
    Set<Long> kept = new HashSet<>();
    kept.add(Probe.address(parameters()));
    for (INDArray each : batch.features) {
      kept.add(Probe.address(each));
    }
    Collection<?> all =
        handed instanceof Map<?, ?> byName ? byName.values() : (Collection<?>) handed;
    for (Object each : all) {
      INDArray array = (INDArray) each;
      // Two of one memory are closed once: the second is not closeable any more.
      if (array.closeable() && !array.isEmpty() && !kept.contains(Probe.address(array))) {
        array.close();
      }
    }
  }

  private static Object layered(MultiLayerNetwork net, ProbeBatch batch) {
    @Nullable INDArray mask = batch.masks.length == 0 ? null : batch.masks[0];
    if (mask == null) {
      return net.feedForward(batch.features[0], false);
    }
    net.setLayerMaskArrays(mask, null);
    try {
      return net.feedForward(batch.features[0], false);
    } finally {
      net.clearLayerMaskArrays();
    }
  }

  private Object graph(ProbeBatch batch) {
    ComputationGraph graph = (ComputationGraph) model;
    if (Arrays.stream(batch.masks).allMatch(mask -> mask == null)) {
      return graph.feedForward(batch.features, false);
    }
    graph.setLayerMaskArrays(batch.masks, null);
    try {
      return graph.feedForward(batch.features, false);
    } finally {
      graph.clearLayerMaskArrays();
    }
  }
}
