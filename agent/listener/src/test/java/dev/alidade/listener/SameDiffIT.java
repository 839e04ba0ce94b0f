package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerUnits;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Units;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.listeners.records.History;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** A watched training of SameDiff: unchanged, and truly told. */
class SameDiffIT {
  private static final int ITERATIONS = 12;

  @TempDir Path folder;

  /** A graph and its batches. */
  record Training(Supplier<SameDiff> graph, IntFunction<DataSet> batch) {}

  private static final Training MLP = new Training(Graphs::mlp, i -> Graphs.batch(i, false, 4));
  private static final Training CNN =
      new Training(Graphs::cnn, i -> Graphs.batch(i, false, 1, 8, 8));
  private static final Training TRANSFORMER =
      new Training(Graphs::transformer, i -> Graphs.batch(i, true, Graphs.STEPS, Graphs.WIDTH));
  private static final Training SIDE =
      new Training(Graphs::sideBranch, i -> Graphs.batch(i, false, 4));

  static Stream<Arguments> trainings() {
    List<Arguments> all = new ArrayList<>();
    for (int every : new int[] {1, 3}) {
      all.add(Arguments.of("mlp", every, MLP));
      all.add(Arguments.of("cnn", every, CNN));
      all.add(Arguments.of("transformer", every, TRANSFORMER));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, every {1}")
  @MethodSource("trainings")
  void parametersUpdatersAndGenerator_areTheSameBits(String name, int every, Training training) {
    Nd4j.getRandom().setSeed(5);
    Map<String, INDArray> alone = run(training, sd -> {});
    long generator = Nd4j.getRandom().nextLong();

    Nd4j.getRandom().setSeed(5);
    try (Alidade alidade = builder().every(every).start()) {
      Map<String, INDArray> watched =
          run(training, sd -> sd.addListeners(alidade.sameDiffListener()));
      assertThat(Nd4j.getRandom().nextLong()).isEqualTo(generator);
      assertThat(watched.keySet()).isEqualTo(alone.keySet());
      assertThat(watched.keySet()).anyMatch(key -> key.contains("/"));
      alone.forEach((key, array) -> assertThat(bits(watched.get(key))).isEqualTo(bits(array)));
      analysed(alidade);
      alidade.close();
      assertThat(alidade.status().stored()).isEqualTo((ITERATIONS + every - 1) / every);
      assertThat(alidade.status().failures()).isZero();
    }
  }

  @ParameterizedTest(name = "{0}, every {1}")
  @MethodSource("trainings")
  void variablesAndLoss_areThoseOfTheNamedIteration(String name, int every, Training training)
      throws Exception {
    Nd4j.getRandom().setSeed(5);
    Path file = watched(training, builder().every(every));

    Nd4j.getRandom().setSeed(5);
    SameDiff twin = training.graph().get();
    try (RecordingReader reader = RecordingReader.open(file)) {
      List<Layer> layers = description(reader).getLayersList();
      List<StoredFrame> numbers = reader.range(Kind.KIND_NUMBERS, 0, 1000, 1000);
      List<StoredFrame> units = reader.range(Kind.KIND_UNITS, 0, 1000, 1000);
      assertThat(numbers).hasSize((ITERATIONS + every - 1) / every);
      for (int i = 0; i < ITERATIONS; i++) {
        DataSet batch = training.batch().apply(i);
        if (i % every == 0) {
          StoredFrame frame = numbers.get(i / every);
          Numbers said = frame.frame().payload(Numbers.parser());
          Map<String, INDArray> truth = truth(twin, batch, layers);
          assertThat(frame.frame().iteration()).isEqualTo(i);
          assertThat(said.getEpoch()).isZero();
          assertThat(said.getScore())
              .isCloseTo(truth.get("loss").getDouble(0), within(1e-5))
              .isPositive();
          Units values = units.get(i / every).frame().payload(Units.parser());
          assertThat(values.getLayersCount()).isEqualTo(layers.size());
          for (LayerUnits each : values.getLayersList()) {
            Layer layer = layers.get(each.getLayer());
            compare(each, truth.get(layer.getName()), layer);
          }
        }
        twin.fit(batch);
      }
    }
  }

  /** Random draws of the same seed: an unwatched forward pass draws what the training will. */
  private static Map<String, INDArray> truth(SameDiff twin, DataSet batch, List<Layer> layers) {
    long root = Nd4j.getRandom().rootState();
    long node = Nd4j.getRandom().nodeState();
    List<String> names = new ArrayList<>(layers.stream().map(Layer::getName).toList());
    names.add("loss");
    Map<String, INDArray> truth =
        twin.output(Map.of("x", batch.getFeatures(), "y", batch.getLabels()), names);
    Nd4j.getRandom().setStates(root, node);
    return truth;
  }

  @Test
  void usualVariables_areHiddenOnesAttentionBlocksAndOutput() throws Exception {
    Path file = watched(TRANSFORMER, builder().every(1));
    try (RecordingReader reader = RecordingReader.open(file)) {
      Description said = description(reader);
      assertThat(said.getModel()).isEqualTo("SameDiff");
      assertThat(said.getLayersList())
          .extracting(Layer::getName)
          .startsWith("block/attention", "block/hidden", "block/out")
          .hasSize(4);
      assertThat(said.getLayersList())
          .extracting(Layer::getType)
          .containsExactly("softmax", "gelu", "add", "add");
      assertThat(said.getLayersList())
          .extracting(Layer::getActivation)
          .containsExactly("softmax", "gelu", "", "");
      assertThat(said.getLayersList())
          .extracting(Layer::getUnits)
          .containsExactly(2, 16, Graphs.WIDTH, Graphs.CLASSES);
      assertThat(said.getLayersList())
          .extracting(Layer::getOutput)
          .containsExactly(false, false, false, true);
      assertThat(said.getLayers(0).getInputsList()).containsExactly("input");
      assertThat(said.getLayers(2).getInputsList())
          .containsExactlyInAnyOrder("block/hidden", "block/attention", "input");
    }
    try (RecordingReader reader = RecordingReader.open(watched(CNN, builder().every(1)))) {
      assertThat(description(reader).getLayersList())
          .extracting(Layer::getName)
          .startsWith("seen", "hidden")
          .hasSize(3);
    }
  }

  @Test
  void variables_areChosenByNameGlobAndType() throws Exception {
    Path file = watched(MLP, builder().every(1).variables("net/*", "type:MATMUL", "none"));
    try (RecordingReader reader = RecordingReader.open(file)) {
      List<Layer> layers = description(reader).getLayersList();
      assertThat(layers)
          .extracting(Layer::getType)
          .containsExactly("matmul", "relu", "matmul", "tanh", "matmul");
      assertThat(layers).extracting(Layer::getName).contains("net/first", "net/second");
      assertThat(notes(reader))
          .singleElement()
          .asString()
          .startsWith("no variable matches 'none'; there are ")
          .contains("net/first", "type:matmul");
    }
  }

  /** What would be computed with stepped parameters, or would draw numbers, is left out. */
  @Test
  void variable_thatTrainingCannotComputeTruly_isLeftOut() throws Exception {
    Map<String, INDArray> alone = run(SIDE, sd -> {});
    Path file = watched(SIDE, builder().every(1).variables("logits", "late", "long3", "random*"));
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(description(reader).getLayersList())
          .extracting(Layer::getName)
          .containsExactly("logits", "long3");
      assertThat(notes(reader))
          .anyMatch(note -> note.startsWith("variable random side is not watched"));
    }
    Map<String, INDArray> watched;
    try (Alidade alidade = builder().every(1).variables("late", "random*").start()) {
      watched = run(SIDE, sd -> sd.addListeners(alidade.sameDiffListener()));
    }
    alone.forEach((key, array) -> assertThat(bits(watched.get(key))).isEqualTo(bits(array)));
  }

  @Test
  void history_tellsTheTrueLoss_andTheConfigurationIsAsItWas() {
    SameDiff twin = Graphs.transformer();
    DataSet batch = TRANSFORMER.batch().apply(0);
    double truth = truth(twin, batch, List.of()).get("loss").getDouble(0);
    try (Alidade alidade = builder().every(1).start()) {
      SameDiff sd = Graphs.transformer();
      sd.addListeners(alidade.sameDiffListener());
      History history = sd.fit(new SingletonDataSetIterator(batch), 1);
      assertThat(history.lossCurve().meanLoss("loss")[0]).isCloseTo((float) truth, within(1e-5f));
      assertThat(sd.getTrainingConfig().getTrainEvaluations()).isEmpty();
      assertThat(sd.getTrainingConfig().getTrainEvaluationLabels()).isEmpty();
    }
  }

  @Test
  void training_whenTheAgentItselfFails_isTheSameBits() {
    Nd4j.getRandom().setSeed(5);
    Map<String, INDArray> alone = run(MLP, sd -> {});
    try (BrokenAgent broken = new BrokenAgent()) {
      Nd4j.getRandom().setSeed(5);
      Map<String, INDArray> watched = run(MLP, sd -> sd.addListeners(broken.listener()));
      alone.forEach((key, array) -> assertThat(bits(watched.get(key))).isEqualTo(bits(array)));
      assertThat(broken.failures()).isPositive();
    }
  }

  /** Closing waits for ten seconds, which a busy machine may need more of. */
  private static void analysed(Alidade alidade) {
    await().atMost(Duration.ofMinutes(2)).until(() -> alidade.status().inFlight() == 0);
  }

  private Alidade.Builder builder() {
    return Alidade.builder().folder(folder).server("none").drainSeconds(0).layouts(false);
  }

  private static Map<String, INDArray> run(Training training, Consumer<SameDiff> prepare) {
    SameDiff sd = training.graph().get();
    prepare.accept(sd);
    for (int i = 0; i < ITERATIONS; i++) {
      sd.fit(training.batch().apply(i));
    }
    return Graphs.state(sd);
  }

  private static Path watched(Training training, Alidade.Builder builder) {
    try (Alidade alidade = builder.start()) {
      run(training, sd -> sd.addListeners(alidade.sameDiffListener()));
      analysed(alidade);
      alidade.close();
      assertThat(alidade.status().droppedTotal()).isZero();
      assertThat(alidade.status().failures()).isZero();
      return Path.of(alidade.recording());
    }
  }

  private static Description description(RecordingReader reader) throws Exception {
    return reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
  }

  private static List<String> notes(RecordingReader reader) throws Exception {
    List<String> notes = new ArrayList<>();
    for (StoredFrame each : reader.range(Kind.KIND_NOTE, 0, 1000, 1000)) {
      notes.add(each.frame().payload(Note.parser()).getText());
    }
    return notes;
  }

  /** Means over everything but the units' axis, in double. */
  private static void compare(LayerUnits said, INDArray activation, Layer layer) throws Exception {
    float[] means = Tensors.floats(said.getMean());
    INDArray wide = activation.castTo(DataType.DOUBLE);
    int axis = wide.rank() == 3 ? 2 : 1;
    int[] others = IntStream.range(0, wide.rank()).filter(i -> i != axis).toArray();
    double[] truth = wide.mean(others).toDoubleVector();
    assertThat(means).as(layer.getName()).hasSize(truth.length);
    for (int unit = 0; unit < truth.length; unit++) {
      assertThat((double) means[unit]).as(layer.getName()).isCloseTo(truth[unit], within(1e-5));
    }
  }

  private static long[] bits(INDArray array) {
    long[] bits = new long[(int) array.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(array.getDouble(i));
    }
    return bits;
  }
}
