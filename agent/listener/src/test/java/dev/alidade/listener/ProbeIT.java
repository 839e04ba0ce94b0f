package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Picture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A probe shows what the network would say of it, and the training does not notice. */
class ProbeIT {
  private static final int BATCHES = 40;

  @TempDir Path folder;

  /** A network, its data, and how it is trained with a batch. */
  record Training(String name, Supplier<? extends Model> network, Supplier<List<DataSet>> data) {
    /** Parameters, updater state and the random generator's state at the end. */
    List<long[]> run(Consumer<Model> prepare, Runnable afterEach) {
      Nd4j.getRandom().setSeed(5);
      List<DataSet> batches = data.get();
      Model model = network.get();
      prepare.accept(model);
      for (DataSet batch : batches) {
        fit(model, batch);
        afterEach.run();
      }
      INDArray updater =
          model instanceof MultiLayerNetwork net
              ? net.getUpdater().getStateViewArray()
              : ((ComputationGraph) model).getUpdater().getStateViewArray();
      long[] generator = {Nd4j.getRandom().rootState(), Nd4j.getRandom().nodeState()};
      return List.of(bits(model.params()), bits(updater), generator);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static void fit(Model model, DataSet batch) {
    if (model instanceof MultiLayerNetwork net) {
      net.fit(batch);
    } else {
      ((ComputationGraph) model).fit(batch);
    }
  }

  private static long[] bits(INDArray array) {
    long[] bits = new long[(int) array.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(array.getDouble(i));
    }
    return bits;
  }

  private Alidade.Builder builder() {
    return Alidade.builder()
        .folder(folder)
        .server("none")
        .drainSeconds(0)
        .every(1)
        .analysisBudget(1)
        .callbackBudget(1)
        .observations(true);
  }

  static Stream<Training> trainings() {
    DataType type = DataType.FLOAT;
    return Stream.of(
        new Training("mlp with dropout", () -> Nets.mlp(type, 0.5), () -> Nets.flat(BATCHES, 16)),
        new Training(
            "mlp of doubles", () -> Nets.mlp(DataType.DOUBLE, 0.5), () -> Nets.flat(BATCHES, 16)),
        new Training("cnn with batch norm", () -> Nets.cnn(type), () -> Nets.images(BATCHES, 16)),
        new Training("lstm in segments", () -> Nets.lstm(type), () -> Nets.sequences(BATCHES, 16)),
        new Training("graph", () -> Nets.graph(type), () -> Nets.flat(BATCHES, 16)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void training_withAProbe_isTheSameBits(Training training) throws Exception {
    List<long[]> alone = training.run(model -> {}, () -> {});
    DataSet probe = training.data().get().get(0);
    List<long[]> watched;
    String file;
    int[] marks = new int[(int) probe.getFeatures().size(0)];
    try (Alidade alidade = builder().probe(probe).groups("mark", marks, "all").start()) {
      // Waits now and then, so that passes of the probe come between and beside iterations.
      int[] batch = {0};
      watched =
          training.run(
              model -> add(model, alidade),
              () -> {
                if (batch[0]++ % 4 == 0) {
                  settled(alidade);
                }
              });
      alidade.close();
      assertThat(alidade.status().failures()).isZero();
      file = alidade.recording();
    }
    for (int i = 0; i < alone.size(); i++) {
      assertThat(watched.get(i)).isEqualTo(alone.get(i));
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      assertThat(reader.count(Kind.KIND_OBSERVATIONS)).isGreaterThanOrEqualTo(2);
      assertThat(reader.count(Kind.KIND_PICTURE)).isPositive();
    }
  }

  private static void add(Model model, Alidade alidade) {
    if (model instanceof MultiLayerNetwork net) {
      net.addListeners(alidade.listener());
    } else {
      ((ComputationGraph) model).addListeners(alidade.listener());
    }
  }

  private static void settled(Alidade alidade) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(20))
        .until(() -> alidade.status().inFlight() == 0);
  }

  @Test
  void observations_areWhatTheNetworkSaysOfTheProbe() throws Exception {
    observed(Nets.mlp(DataType.FLOAT, 0.5), Nets.flat(BATCHES, 16), 12, 1);
  }

  @Test
  void observationsOfAConvolution_areMeansOverPixels() throws Exception {
    observed(Nets.cnn(DataType.FLOAT), Nets.images(BATCHES, 16), 16, 1);
  }

  /** Two iterations, of five steps each, are one batch. */
  @Test
  void observationsOfASequence_areItsSteps() throws Exception {
    observed(Nets.lstm(DataType.FLOAT), Nets.sequences(BATCHES, 16), 13, 2);
  }

  /** What one layer says of {@code kept} of all examples, as observations times units. */
  private static INDArray observations(INDArray all, int kept) {
    INDArray rows = Nd4j.create(DataType.FLOAT, kept, all.size(1));
    if (all.rank() == 4) {
      return observations(all.mean(2, 3), kept);
    }
    long steps = all.rank() == 3 ? all.size(2) : 1;
    int examples = (int) Math.min(kept, all.size(0));
    for (int i = 0; i < kept; i++) {
      long observation = i * (examples * steps) / kept;
      long example = observation / steps * all.size(0) / examples;
      for (int unit = 0; unit < all.size(1); unit++) {
        double value =
            all.rank() == 3
                ? all.getDouble(example, unit, observation % steps)
                : all.getDouble(example, unit);
        rows.putScalar(i, unit, value);
      }
    }
    return rows;
  }

  private void observed(MultiLayerNetwork net, List<DataSet> batches, int rows, int every)
      throws Exception {
    DataSet probe = batches.get(0);
    MultiLayerNetwork reference = net.clone();
    List<INDArray> parameters = new ArrayList<>();
    String file;
    try (Alidade alidade = builder().every(every).layoutRows(rows).probe(probe).start()) {
      net.addListeners(alidade.listener());
      for (DataSet batch : batches) {
        parameters.add(net.params().dup());
        net.fit(batch);
        settled(alidade);
      }
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      List<StoredFrame> frames = reader.range(Kind.KIND_OBSERVATIONS, 0, BATCHES, BATCHES);
      assertThat(frames).hasSizeGreaterThanOrEqualTo(2);
      // A judge of the map finds the rows of each of its ticks.
      assertThat(reader.range(Kind.KIND_PICTURE, 0, BATCHES, BATCHES))
          .extracting(each -> each.frame().iteration())
          .isEqualTo(frames.stream().map(each -> each.frame().iteration()).toList());
      for (StoredFrame frame : frames) {
        reference.setParams(parameters.get((int) frame.frame().iteration() / every));
        List<INDArray> layers = reference.feedForward(probe.getFeatures(), false);
        Observations said = frame.frame().payload(Observations.parser());
        assertThat(said.getLayersCount()).isEqualTo(layers.size() - 1);
        for (LayerObservations layer : said.getLayersList()) {
          same(
              layer,
              observations(layers.get(layer.getLayer() + 1), rows),
              observations(probe.getLabels(), rows));
        }
      }
    }
  }

  private static void same(LayerObservations said, INDArray rows, INDArray labels)
      throws Exception {
    float[] values = Tensors.floats(said.getActivations());
    float[] groups = Tensors.floats(said.getLabels());
    assertThat(groups).hasSize((int) rows.size(0));
    assertThat(values).hasSize((int) rows.length());
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i])
          .isCloseTo(rows.getFloat(i / rows.size(1), i % rows.size(1)), Offset.offset(1e-6f));
    }
    for (int row = 0; row < groups.length; row++) {
      assertThat(labels.getDouble(row, (int) groups[row])).isEqualTo(1);
    }
  }

  @Test
  void networkBesideTheProbedOne_isMappedFromItsOwnBatches() throws Exception {
    MultiLayerNetwork first = Nets.mlp(DataType.FLOAT, 1);
    ComputationGraph second = Nets.graph(DataType.FLOAT);
    List<DataSet> batches = Nets.flat(4, 16);
    String file;
    try (Alidade alidade = builder().probe(batches.get(0)).start()) {
      first.addListeners(alidade.listener());
      second.addListeners(alidade.listener());
      first.fit(batches.get(0));
      settled(alidade);
      second.fit(batches.get(1));
      alidade.close();
      assertThat(alidade.status().failures()).isZero();
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      Picture last = reader.last(Kind.KIND_PICTURE).orElseThrow().frame().payload(Picture.parser());
      assertThat(last.getLayersList()).allMatch(layer -> layer.getLayer() >= 3);
    }
  }

  @Test
  void probeOfSeveralArrays_goesThroughAGraph() throws Exception {
    ComputationGraph graph = Nets.graph(DataType.FLOAT);
    DataSet batch = Nets.flat(1, 16).get(0);
    String file;
    try (Alidade alidade =
        builder()
            .probe(new org.nd4j.linalg.dataset.MultiDataSet(batch.getFeatures(), batch.getLabels()))
            .start()) {
      graph.addListeners(alidade.listener());
      graph.fit(batch);
      alidade.close();
      assertThat(alidade.status().failures()).isZero();
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      Observations said =
          reader.last(Kind.KIND_OBSERVATIONS).orElseThrow().frame().payload(Observations.parser());
      assertThat(said.getLayersList())
          .hasSize(6)
          .allMatch(layer -> layer.getActivations().getShape(0) == 16);
    }
  }

  @Test
  void probeThatDoesNotFit_isSaidOnce_andMapsAreDrawnWithoutIt() throws Exception {
    Training training =
        new Training("mlp", () -> Nets.mlp(DataType.FLOAT, 0.5), () -> Nets.flat(BATCHES, 16));
    List<long[]> alone = training.run(model -> {}, () -> {});
    List<long[]> watched;
    String file;
    try (Alidade alidade = builder().probe(Nets.images(1, 4).get(0)).start()) {
      watched = training.run(model -> add(model, alidade), () -> settled(alidade));
      alidade.close();
      assertThat(alidade.status().failures()).isEqualTo(1);
      file = alidade.recording();
    }
    for (int i = 0; i < alone.size(); i++) {
      assertThat(watched.get(i)).isEqualTo(alone.get(i));
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      assertThat(reader.count(Kind.KIND_PICTURE)).isPositive();
      assertThat(reader.last(Kind.KIND_NOTE).orElseThrow().frame().payload(Note.parser()).getText())
          .startsWith("the probe is off: ");
    }
  }

  @Test
  void probeOfOneRow_isRefused() {
    Alidade.Builder builder = builder().probe(Nets.flat(1, 1).get(0));
    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probe must have at least 2 rows: 1");
  }
}
