package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Histogram;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Parameter;
import dev.alidade.wire.proto.ParameterNumbers;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a frame says of parameters, gradients and updates is what a second, identical network
 * computes at that iteration; and the training ends in the same bits.
 */
class GradientsIT {
  private static final int ITERATIONS = 7;

  @TempDir Path folder;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("mlp", (Supplier<Model>) () -> Nets.mlp(DataType.FLOAT, 1), 1),
        Arguments.of("mlp double", (Supplier<Model>) () -> Nets.mlp(DataType.DOUBLE, 1), 1),
        Arguments.of("cnn", (Supplier<Model>) () -> Nets.cnn(DataType.FLOAT), 3),
        Arguments.of("graph", (Supplier<Model>) () -> Nets.graph(DataType.FLOAT), 1));
  }

  private static List<DataSet> batches(String name) {
    return name.equals("cnn") ? Nets.images(ITERATIONS, 9) : Nets.flat(ITERATIONS, 9);
  }

  private static void fit(Model model, DataSet batch) {
    if (model instanceof MultiLayerNetwork net) {
      net.fit(batch);
    } else {
      ((ComputationGraph) model).fit(batch);
    }
  }

  private Path watched(Model model, List<DataSet> batches, int every) {
    try (Alidade alidade =
        Alidade.builder().gradients(true).every(every).folder(folder).server("none").start()) {
      model.addListeners(alidade.listener());
      batches.forEach(batch -> fit(model, batch));
      alidade.close();
      assertThat(alidade.status().failures()).isZero();
      return Path.of(alidade.recording());
    }
  }

  private static Map<String, INDArray> copies(Map<String, INDArray> arrays) {
    Map<String, INDArray> all = new LinkedHashMap<>();
    arrays.forEach((name, array) -> all.put(name, array.dup()));
    return all;
  }

  /** By the framework's own backpropagation, on a network of its own. */
  private static Map<String, INDArray> gradients(Model model, DataSet batch) {
    if (model instanceof MultiLayerNetwork net) {
      net.setInput(batch.getFeatures());
      net.setLabels(batch.getLabels());
      net.computeGradientAndScore();
      return copies(net.gradient().gradientForVariable());
    }
    ComputationGraph graph = (ComputationGraph) model;
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    return copies(graph.gradient().gradientForVariable());
  }

  private static double meanAbs(INDArray array) {
    return array.castTo(DataType.DOUBLE).norm1Number().doubleValue() / array.length();
  }

  private static double std(INDArray array) {
    return array.castTo(DataType.DOUBLE).stdNumber(false).doubleValue();
  }

  private static long total(Histogram histogram) {
    return histogram.getZeros()
        + histogram.getPositiveList().stream().mapToLong(Long::longValue).sum()
        + histogram.getNegativeList().stream().mapToLong(Long::longValue).sum();
  }

  private static void close(String what, double actual, double expected, double scale) {
    assertThat(actual).as(what).isCloseTo(expected, within(1e-5 * Math.abs(expected) + scale));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void values_areThoseOfTheNamedIteration(String name, Supplier<Model> network, int every)
      throws Exception {
    List<DataSet> batches = batches(name);
    Path file = watched(network.get(), batches, every);
    Model twin = network.get();
    Model other = network.get();
    int compared = 0;
    try (RecordingReader reader = RecordingReader.open(file)) {
      Description description =
          reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
      List<String> ids =
          description.getQuantitiesList().stream()
              .filter(each -> each.getScope() == Scope.SCOPE_PARAMETER)
              .map(Quantity::getId)
              .toList();
      assertThat(description.getParametersList())
          .extracting(Parameter::getName)
          .containsExactlyElementsOf(twin.paramTable().keySet());
      for (Parameter each : description.getParametersList()) {
        assertThat(each.hasLayer()).isTrue();
        String layer = description.getLayers(each.getLayer()).getName();
        String prefix = each.getName().substring(0, each.getName().lastIndexOf('_'));
        assertThat(layer.equals(prefix) || layer.equals("layer" + prefix)).isTrue();
      }
      Map<Long, Numbers> byIteration = new LinkedHashMap<>();
      for (StoredFrame each : reader.range(Kind.KIND_NUMBERS, 0, 1000, 1000)) {
        byIteration.put(each.frame().iteration(), each.frame().payload(Numbers.parser()));
      }
      for (int i = 0; i < ITERATIONS; i++) {
        Map<String, INDArray> before = copies(twin.paramTable());
        other.setParams(twin.params().dup());
        Map<String, INDArray> gradients = gradients(other, batches.get(i));
        fit(twin, batches.get(i));
        Numbers numbers = byIteration.get((long) i);
        assertThat(numbers == null).isEqualTo(i % every != 0);
        if (numbers == null) {
          continue;
        }
        assertThat(numbers.getParametersList()).hasSize(before.size());
        for (ParameterNumbers said : numbers.getParametersList()) {
          String key = description.getParameters(said.getParameter()).getName();
          INDArray weights = before.get(key);
          INDArray gradient = gradients.get(key);
          INDArray update = weights.sub(twin.paramTable().get(key));
          double tiny = 1e-7;
          close(key, said.getValues(ids.indexOf("weight_mean_abs")), meanAbs(weights), 0);
          close(key, said.getValues(ids.indexOf("weight_std")), std(weights), tiny);
          if (!key.contains("mean") && !key.contains("var")) { // batch norm's are no gradients
            close(key, said.getValues(ids.indexOf("gradient_mean_abs")), meanAbs(gradient), tiny);
            close(key, said.getValues(ids.indexOf("gradient_std")), std(gradient), tiny);
          }
          close(key, said.getValues(ids.indexOf("update_mean_abs")), meanAbs(update), tiny);
          close(key, said.getValues(ids.indexOf("update_std")), std(update), tiny);
          if (meanAbs(weights) > 1e-3 && meanAbs(update) > 1e-4) {
            assertThat((double) said.getValues(ids.indexOf("update_ratio_log10")))
                .isCloseTo(Math.log10(meanAbs(update) / meanAbs(weights)), within(1e-3));
          }
          for (Histogram each :
              List.of(said.getWeights(), said.getGradients(), said.getUpdates())) {
            assertThat(total(each)).isEqualTo(weights.length());
          }
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(twin.paramTable().size() * 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void training_endsInTheSameBits(String name, Supplier<Model> network, int every) {
    List<INDArray> ends =
        Stream.of(true, false)
            .map(
                watched -> {
                  Nd4j.getRandom().setSeed(5);
                  Model model = network.get();
                  if (watched) {
                    watched(model, batches(name), every);
                  } else {
                    batches(name).forEach(batch -> fit(model, batch));
                  }
                  return model.params().dup();
                })
            .toList();
    for (long i = 0; i < ends.get(0).length(); i++) {
      assertThat(Double.doubleToRawLongBits(ends.get(0).getDouble(i)))
          .isEqualTo(Double.doubleToRawLongBits(ends.get(1).getDouble(i)));
    }
  }

  @Test
  void largeArrays_areReadInPart_andTheSameParts() throws Exception {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder().nOut(400).activation(Activation.TANH).build())
                .layer(new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(300))
                .build());
    net.init();
    double weights = meanAbs(net.getParam("0_W"));
    Path file =
        watched(
            net,
            List.of(new DataSet(Nd4j.ones(4, 300), Nd4j.create(new float[4][3]).addi(1f / 3))),
            1);
    try (RecordingReader reader = RecordingReader.open(file)) {
      Numbers numbers =
          reader.last(Kind.KIND_NUMBERS).orElseThrow().frame().payload(Numbers.parser());
      ParameterNumbers first = numbers.getParameters(0);
      assertThat(total(first.getWeights())).isEqualTo(1 << 14);
      assertThat((double) first.getValues(0)).isCloseTo(weights, within(.03 * weights));
      assertThat(total(numbers.getParameters(2).getWeights())).isEqualTo(1200);
    }
  }

  @Test
  void withoutTheSetting_nothingIsSaid() throws Exception {
    String file;
    try (Alidade alidade = Alidade.builder().every(1).folder(folder).server("none").start()) {
      MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
      net.addListeners(alidade.listener());
      Nets.flat(2, 9).forEach(net::fit);
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      Description description =
          reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
      assertThat(description.getParametersList()).isEmpty();
      assertThat(description.getQuantitiesList())
          .noneMatch(each -> each.getScope() == Scope.SCOPE_PARAMETER);
    }
  }
}
