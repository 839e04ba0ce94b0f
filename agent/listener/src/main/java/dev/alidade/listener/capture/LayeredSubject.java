package dev.alidade.listener.capture;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A MultiLayerNetwork: layer i's activation is number i + 1 of the list, after the input. */
final class LayeredSubject extends Subject {
  LayeredSubject(MultiLayerNetwork net) {
    Layer[] layers = net.getLayers();
    LayerPlan before = Configurations.input("input");
    for (int i = 0; i < layers.length; i++) {
      var configuration = layers[i].conf().getLayer();
      String given = configuration.getLayerName();
      String name = given == null || given.isBlank() ? "layer" + i : given;
      LayerPlan plan = Configurations.layer(name, configuration, i == layers.length - 1, before);
      add(plan, List.of(before.name()));
      if (i > 0) {
        readers.get(i - 1).add(i);
      }
      before = plan;
    }
  }

  @Override
  String kind() {
    return "MultiLayerNetwork";
  }

  @Override
  int iteration(Model model) {
    return ((MultiLayerNetwork) model).getIterationCount();
  }

  @Override
  long dataWaitMillis(Model model) {
    return ((MultiLayerNetwork) model).getLastEtlTime();
  }

  @Override
  String parameterPrefix(int layer) {
    return layer + "_";
  }

  @Override
  @Nullable INDArray activation(Object handed, int layer) {
    List<?> list = (List<?>) handed;
    return layer + 1 < list.size() ? (INDArray) list.get(layer + 1) : null;
  }

  @Override
  @Nullable Layer layer(Model model, int index) {
    return ((MultiLayerNetwork) model).getLayer(index);
  }
}
