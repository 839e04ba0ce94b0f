package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerUnits;
import dev.alidade.wire.proto.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What a frame says of an iteration is what a second, identical network computes when it is stepped
 * to that iteration and asked through the framework's own forward pass.
 */
class TruthIT {
  private static final int ITERATIONS = 21;
  private static final double KEPT = 0.6;

  @TempDir Path folder;

  static Stream<Arguments> networks() {
    List<Arguments> all = new ArrayList<>();
    for (int every : new int[] {1, 2, 10}) {
      all.add(
          Arguments.of("mlp", every, (Supplier<NeuralNetwork>) () -> Nets.mlp(DataType.FLOAT, 1)));
      all.add(
          Arguments.of(
              "mlp double", every, (Supplier<NeuralNetwork>) () -> Nets.mlp(DataType.DOUBLE, 1)));
      all.add(Arguments.of("cnn", every, (Supplier<NeuralNetwork>) () -> Nets.cnn(DataType.FLOAT)));
      all.add(
          Arguments.of("lstm", every, (Supplier<NeuralNetwork>) () -> Nets.lstm(DataType.FLOAT)));
      all.add(
          Arguments.of("graph", every, (Supplier<NeuralNetwork>) () -> Nets.graph(DataType.FLOAT)));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, every {1}")
  @MethodSource("networks")
  void unitMeans_areThoseOfTheNamedIteration(
      String name, int every, Supplier<NeuralNetwork> network) throws Exception {
    // Two segments of truncated backpropagation make one fit of the LSTM two iterations.
    boolean segmented = name.equals("lstm");
    List<DataSet> batches =
        name.equals("cnn")
            ? Nets.images(ITERATIONS, 9)
            : segmented ? Nets.sequences(ITERATIONS, 9) : Nets.flat(ITERATIONS, 9);
    Path file = watched(network.get(), batches, every);

    NeuralNetwork twin = network.get();
    int compared = 0;
    try (RecordingReader reader = RecordingReader.open(file)) {
      Map<String, Integer> index = layers(reader);
      assertThat(index).hasSizeGreaterThanOrEqualTo(2);
      List<StoredFrame> frames = reader.range(Kind.KIND_UNITS, 0, 1000, 1000);
      int iterations = segmented ? 2 * ITERATIONS : ITERATIONS;
      assertThat(frames).hasSize((iterations + every - 1) / every);
      assertThat(frames.get(0).frame().iteration()).isZero();
      Map<Long, Units> byIteration = new LinkedHashMap<>();
      for (StoredFrame each : frames) {
        byIteration.put(each.frame().iteration(), each.frame().payload(Units.parser()));
      }
      for (int i = 0; i < ITERATIONS; i++) {
        Units units = byIteration.get((long) (segmented ? 2 * i : i));
        if (units != null) {
          DataSet batch = segmented ? firstSegment(batches.get(i)) : batches.get(i);
          Map<String, INDArray> truth = activations(twin, batch);
          assertThat(truth.keySet()).isEqualTo(index.keySet());
          for (Map.Entry<String, INDArray> layer : truth.entrySet()) {
            compare(units.getLayers(index.get(layer.getKey())), layer.getValue());
            compared++;
          }
        }
        fit(twin, batches.get(i));
      }
      assertThat(compared).isGreaterThanOrEqualTo(2 * index.size());
    }
  }

  /** Post-dropout values, labelled as such, against a run with the same random state. */
  @Test
  void unitMeans_withDropout_areThoseThatTheNextLayerReads() throws Exception {
    List<DataSet> batches = Nets.flat(6, 12);
    Nd4j.getRandom().setSeed(11);
    Path file = watched(Nets.mlp(DataType.FLOAT, KEPT), batches, 1);

    Nd4j.getRandom().setSeed(11);
    Seen seen = new Seen();
    MultiLayerNetwork twin = Nets.mlp(DataType.FLOAT, KEPT);
    twin.addListeners(seen);
    for (int i = 0; i < batches.size(); i++) {
      INDArray whole = twin.clone().feedForward(batches.get(i).getFeatures(), false).get(1);
      INDArray weights = twin.getLayer(1).getParam("W").dup();
      INDArray bias = twin.getLayer(1).getParam("b").dup();
      twin.fit(batches.get(i));
      INDArray dropped = seen.activations.get(i).get(1);
      onlyDropped(dropped, whole);
      // What is labelled as not dropped is the function of what was.
      INDArray next = Transforms.tanh(dropped.mmul(weights).addRowVector(bias));
      assertThat(seen.activations.get(i).get(2).equalsWithEps(next, 1e-5)).isTrue();
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      Description description =
          reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
      assertThat(description.getLayersList())
          .extracting(Layer::getPostDropout)
          .containsExactly(true, false, false);
      List<StoredFrame> frames = reader.range(Kind.KIND_UNITS, 0, 1000, 1000);
      for (int i = 0; i < batches.size(); i++) {
        Units units = frames.get(i).frame().payload(Units.parser());
        for (int layer = 0; layer < 2; layer++) {
          compare(units.getLayers(layer), seen.activations.get(i).get(layer + 1));
        }
      }
    }
  }

  /** Every value is zero or its undropped self over the share that is kept, and some are zero. */
  private static void onlyDropped(INDArray dropped, INDArray whole) {
    int missing = 0;
    for (long i = 0; i < whole.length(); i++) {
      double value = dropped.getDouble(i);
      double before = whole.getDouble(i);
      if (value == 0 && before != 0) {
        missing++;
      } else {
        assertThat(value).isCloseTo(before / KEPT, within(1e-5));
      }
    }
    assertThat(missing).isPositive();
  }

  /** Keeps copies of what a forward pass hands over. */
  private static final class Seen extends org.deeplearning4j.optimize.api.BaseTrainingListener {
    final List<List<INDArray>> activations = new ArrayList<>();

    @Override
    public void onForwardPass(org.deeplearning4j.nn.api.Model model, List<INDArray> handed) {
      activations.add(handed.stream().map(INDArray::detach).toList());
    }
  }

  private Path watched(NeuralNetwork net, List<DataSet> batches, int every) {
    try (Alidade alidade =
        Alidade.builder().every(every).folder(folder).server("none").layouts(false).start()) {
      if (net instanceof MultiLayerNetwork layered) {
        layered.addListeners(alidade.listener());
      } else {
        ((ComputationGraph) net).addListeners(alidade.listener());
      }
      batches.forEach(batch -> fit(net, batch));
      alidade.close();
      assertThat(alidade.status().failures()).isZero();
      assertThat(alidade.status().droppedTotal()).isZero();
      return Path.of(alidade.recording());
    }
  }

  private static void fit(NeuralNetwork net, DataSet batch) {
    if (net instanceof MultiLayerNetwork layered) {
      layered.fit(batch);
    } else {
      ((ComputationGraph) net).fit(batch);
    }
  }

  private static DataSet firstSegment(DataSet batch) {
    var half = org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 5);
    var all = org.nd4j.linalg.indexing.NDArrayIndex.all();
    return new DataSet(
        batch.getFeatures().get(all, all, half), batch.getLabels().get(all, all, half));
  }

  /** Every layer's and vertex's activation in training mode, by name. */
  private static Map<String, INDArray> activations(NeuralNetwork net, DataSet batch) {
    Map<String, INDArray> found = new LinkedHashMap<>();
    if (net instanceof MultiLayerNetwork layered) {
      // A clone: a forward pass in training mode moves the statistics of batch normalisation.
      List<INDArray> all = layered.clone().feedForward(batch.getFeatures(), true);
      for (int i = 1; i < all.size(); i++) {
        found.put("layer" + (i - 1), all.get(i));
      }
      return found;
    }
    ComputationGraph graph = (ComputationGraph) net;
    MultiDataSet multi = batch.toMultiDataSet();
    found.putAll(graph.clone().feedForward(multi.getFeatures(0), true));
    found.remove("in");
    return found;
  }

  private static Map<String, Integer> layers(RecordingReader reader) throws Exception {
    Description description =
        reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
    Map<String, Integer> index = new LinkedHashMap<>();
    for (Layer layer : description.getLayersList()) {
      index.put(layer.getName(), index.size());
    }
    return index;
  }

  /** Means over everything but axis 1, in double. */
  private static void compare(LayerUnits said, INDArray activation) throws Exception {
    float[] means = Tensors.floats(said.getMean());
    INDArray wide = activation.castTo(DataType.DOUBLE);
    int[] others =
        java.util.stream.IntStream.range(0, wide.rank()).filter(axis -> axis != 1).toArray();
    double[] truth = wide.mean(others).toDoubleVector();
    assertThat(means).hasSize(truth.length);
    for (int unit = 0; unit < truth.length; unit++) {
      assertThat((double) means[unit]).isCloseTo(truth[unit], within(1e-5));
    }
  }
}
