package dev.alidade.listener.capture;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * One face of the two kinds of network: layers by index in topological order, the output layers
 * included. Built once per model and holds neither it nor any array of it, so that nothing keeps a
 * finished model alive.
 */
abstract sealed class Subject permits LayeredSubject, GraphSubject {
  final List<LayerPlan> plans = new ArrayList<>();
  final List<List<String>> inputs = new ArrayList<>();

  /** By index, the layers that read layer i's activation as it lies in memory. */
  final List<List<Integer>> readers = new ArrayList<>();

  static Subject of(Model model) {
    return model instanceof MultiLayerNetwork net
        ? new LayeredSubject(net)
        : new GraphSubject((ComputationGraph) model);
  }

  /** The model's class, "MultiLayerNetwork". */
  abstract String kind();

  abstract int iteration(Model model);

  /** Milliseconds that the last batch was waited for, as {@code fit(iterator)} measures it. */
  abstract long dataWaitMillis(Model model);

  /**
   * The activation of a layer among those a forward pass handed over; null when it is not there.
   */
  abstract @Nullable INDArray activation(Object handed, int layer);

  /** What the names of a layer's parameters begin with. */
  abstract String parameterPrefix(int layer);

  /**
   * The layer that a parameter belongs to, the one with the longest name that fits; -1 for none.
   */
  final int layerOf(String parameter) {
    int found = -1;
    for (int i = 0; i < size(); i++) {
      String prefix = parameterPrefix(i);
      if (parameter.startsWith(prefix)
          && (found < 0 || prefix.length() > parameterPrefix(found).length())) {
        found = i;
      }
    }
    return found;
  }

  /** The layer that computes; null for a vertex that has none. */
  abstract @Nullable Layer layer(Model model, int index);

  int size() {
    return plans.size();
  }

  final void add(LayerPlan plan, List<String> from) {
    plans.add(plan);
    inputs.add(from);
    readers.add(new ArrayList<>());
  }

  /**
   * Whether a reader's dropout has already changed this activation where it lies: the reader's
   * input is then the same memory. An output layer applies its dropout later, in the backward pass.
   */
  final boolean droppedInPlace(Model model, Object handed, int index, INDArray activation) {
    for (int reader : readers.get(index)) {
      Layer layer = layer(model, reader);
      if (layer == null
          || plans.get(reader).output()
          || layer.conf() == null
          || layer.conf().getLayer().getIDropout() == null) {
        continue;
      }
      boolean ownOutput = layer.conf().getLayer() instanceof DropoutLayer;
      INDArray seen = ownOutput ? activation(handed, reader) : layer.input();
      if (seen != null && address(seen) == address(activation)) {
        return true;
      }
    }
    return false;
  }

  private static long address(INDArray array) {
    return array.data().address() + array.offset() * array.data().getElementSize();
  }

  /** The labels of the first output layer that has some; only within the callbacks. */
  final @Nullable INDArray labels(Model model) {
    for (int i = 0; i < plans.size(); i++) {
      if (plans.get(i).output()
          && layer(model, i) instanceof IOutputLayer out
          && out.getLabels() != null) {
        return out.getLabels();
      }
    }
    return null;
  }

  /** The learning rate of the first layer that has one; NaN when none has. */
  final double learningRate(Model model, int iteration, int epoch) {
    for (int i = 0; i < plans.size(); i++) {
      Layer layer = layer(model, i);
      if (layer != null
          && layer.conf() != null
          && Configurations.unwrap(layer.conf().getLayer()) instanceof BaseLayer base) {
        IUpdater updater = base.getIUpdater();
        if (updater != null && updater.hasLearningRate()) {
          return updater.getLearningRate(iteration, epoch);
        }
      }
    }
    return Double.NaN;
  }
}
