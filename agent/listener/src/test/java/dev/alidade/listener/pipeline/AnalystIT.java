package dev.alidade.listener.pipeline;

import static dev.alidade.wire.proto.DataType.DATA_TYPE_F16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.alidade.analysis.Quantities;
import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.LayerView;
import dev.alidade.analysis.quantity.QuantityInfo;
import dev.alidade.listener.capture.CaptureListener;
import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Effort;
import dev.alidade.listener.capture.Failures;
import dev.alidade.listener.capture.Intake;
import dev.alidade.listener.capture.Throttle;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.StoredFrame;
import dev.alidade.recording.WriterOptions;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Gap;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerLayout;
import dev.alidade.wire.proto.Layouts;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Observations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class AnalystIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final Failures failures = new Failures();
  private final Intake intake = new Intake(1 << 20);
  private RecordingWriter writer;
  private Origin origin;

  @BeforeEach
  void record() throws Exception {
    origin = new Origin(RunId.at(1), 0, 1);
    writer =
        RecordingWriter.create(
            folder.resolve("run.alidade"), origin.run(), "run", WriterOptions.defaults());
  }

  private Analyst analyst(List<LayerQuantity> quantities) {
    return analyst(quantities, Keep.NONE, "live");
  }

  private Analyst analyst(List<LayerQuantity> quantities, Keep keep, String layout) {
    return new Analyst(
        new Analyst.Tools(
            intake, new Throttle(), new Effort(), failures, Clock.SYSTEM, writer, origin),
        new Analyst.Wishes(
            Description.getDefaultInstance(),
            quantities,
            1,
            1,
            1,
            true,
            64,
            keep,
            LayoutChoice.of(layout),
            List.of(),
            null));
  }

  private CaptureListener listener() {
    return new CaptureListener(
        intake, new Throttle(), new Effort(), failures, note -> {}, Clock.SYSTEM, 1, 1 << 16);
  }

  private static void train(CaptureListener listener, int iterations) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(6).build())
                .layer(new OutputLayer.Builder().nIn(6).nOut(3).build())
                .build());
    net.init();
    net.addListeners(listener);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 8, 3);
    for (int row = 0; row < 8; row++) {
      labels.putScalar(row, row % 3, 1);
    }
    for (int i = 0; i < iterations; i++) {
      net.fit(new DataSet(Nd4j.ones(DataType.FLOAT, 8, 4).muli(i), labels));
    }
  }

  @Test
  void quantityThatThrows_isNamedOnceAndAbsent_andTheOthersAreThere() throws Exception {
    LayerQuantity broken =
        new LayerQuantity() {
          @Override
          public QuantityInfo info() {
            return new QuantityInfo(
                "broken", "Broken", "", "Throws.", "", Double.NaN, Double.NaN, "Test");
          }

          @Override
          public double of(LayerView view) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    List<LayerQuantity> quantities = new ArrayList<>(Quantities.layer());
    quantities.add(0, broken);
    Analyst analyst = analyst(quantities);
    analyst.start();
    train(listener(), 3);
    assertThat(analyst.close("closed", LIMIT)).isTrue();
    writer.close();
    assertThat(failures.total()).isEqualTo(2); // once for each of two layers
    try (RecordingReader reader = RecordingReader.open(writer.file())) {
      for (StoredFrame each : reader.range(Kind.KIND_NUMBERS, 0, 9, 9)) {
        Numbers numbers = each.frame().payload(Numbers.parser());
        assertThat(numbers.getLayersList()).hasSize(2);
        assertThat(numbers.getLayers(0).getValues(0)).isNaN();
        assertThat(numbers.getLayers(0).getValues(1)).isFinite();
      }
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(3);
    }
  }

  @Test
  void samplesThatWereDropped_areAGapInTheRecording() throws Exception {
    Intake small = new Intake(3000);
    CaptureListener listener =
        new CaptureListener(
            small, new Throttle(), new Effort(), failures, note -> {}, Clock.SYSTEM, 1, 1 << 16);
    train(listener, 50); // before anybody takes them
    Analyst analyst =
        new Analyst(
            new Analyst.Tools(
                small, new Throttle(), new Effort(), failures, Clock.SYSTEM, writer, origin),
            new Analyst.Wishes(
                Description.getDefaultInstance(),
                Quantities.layer(),
                1,
                1,
                1,
                false,
                64,
                Keep.NONE,
                LayoutChoice.of("live"),
                List.of(),
                null));
    analyst.start();
    assertThat(analyst.close("closed", LIMIT)).isTrue();
    writer.close();
    Intake.Counts counts = small.counts();
    assertThat(counts.offered()).isEqualTo(50);
    assertThat(counts.inFlight()).isZero();
    assertThat(counts.stored() + counts.droppedTotal()).isEqualTo(50);
    assertThat(counts.dropped()).containsOnlyKeys(Intake.QUEUE_FULL);
    try (RecordingReader reader = RecordingReader.open(writer.file())) {
      long missing = 0;
      for (StoredFrame each : reader.range(Kind.KIND_GAP, 0, 99, 99)) {
        Gap gap = each.frame().payload(Gap.parser());
        assertThat(gap.getReason()).isEqualTo(Intake.QUEUE_FULL);
        missing += gap.getToSeq() - gap.getFromSeq() + 1;
      }
      assertThat(missing).isEqualTo(counts.droppedTotal());
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(counts.stored());
    }
  }

  @Test
  void valueLoggedAfterTheLastSample_isStillSaid() throws Exception {
    Analyst analyst = analyst(Quantities.layer());
    analyst.start();
    train(listener(), 1);
    await().atMost(LIMIT).until(() -> intake.counts().stored() == 1);
    analyst.log("val accuracy", 0.75);
    assertThat(analyst.close("closed", LIMIT)).isTrue();
    writer.close();
    try (RecordingReader reader = RecordingReader.open(writer.file())) {
      Note note = reader.last(Kind.KIND_NOTE).orElseThrow().frame().payload(Note.parser());
      assertThat(note.getText()).isEqualTo("val accuracy = 0.75");
    }
  }

  @Test
  void rareObservations_areOneEarlyFrameOfHalves() throws Exception {
    Analyst analyst = analyst(Quantities.layer(), Keep.RARE, "live");
    analyst.start();
    train(listener(), 5);
    assertThat(analyst.close("closed", LIMIT)).isTrue();
    writer.close();
    try (RecordingReader reader = RecordingReader.open(writer.file())) {
      assertThat(reader.count(Kind.KIND_OBSERVATIONS)).isEqualTo(1);
      Observations kept =
          reader.last(Kind.KIND_OBSERVATIONS).orElseThrow().frame().payload(Observations.parser());
      assertThat(kept.getLayersList()).hasSize(2);
      assertThat(kept.getLayers(0).getActivations().getType()).isEqualTo(DATA_TYPE_F16);
      assertThat(kept.getLayers(0).getActivations().getShapeList()).containsExactly(8, 6);
      assertThat(Tensors.floats(kept.getLayers(1).getLabels()))
          .containsExactly(0, 1, 2, 0, 1, 2, 0, 1);
    }
  }

  @Test
  void noObservations_areKeptWhenNoneAreWanted() throws Exception {
    Analyst analyst = analyst(Quantities.layer(), Keep.NONE, "live");
    analyst.start();
    train(listener(), 2);
    assertThat(analyst.close("closed", LIMIT)).isTrue();
    writer.close();
    try (RecordingReader reader = RecordingReader.open(writer.file())) {
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(2);
      assertThat(reader.count(Kind.KIND_OBSERVATIONS)).isZero();
    }
  }

  @Test
  void chosenLayouts_areRecordedBesideTheLiveOnes() throws Exception {
    Analyst analyst = analyst(Quantities.layer(), Keep.NONE, "layer0=tsne,*=pca+pso");
    analyst.start();
    CaptureListener listener = listener();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              train(listener, 1);
              try (RecordingReader reader = RecordingReader.open(writer.file())) {
                return reader.count(Kind.KIND_LAYOUTS) >= 3;
              }
            });
    assertThat(analyst.close("closed", LIMIT)).isTrue();
    writer.close();
    try (RecordingReader reader = RecordingReader.open(writer.file())) {
      Layouts layouts =
          reader.last(Kind.KIND_LAYOUTS).orElseThrow().frame().payload(Layouts.parser());
      assertThat(layouts.getLayersList())
          .extracting(LayerLayout::getMethod)
          .containsExactly("tsne", "pca+pso");
      assertThat(layouts.getLayers(0).getPositions().getShapeList()).containsExactly(6, 2);
      assertThat(layouts.getLayers(0).getState().size()).isEqualTo(6);
      assertThat(reader.count(Kind.KIND_PICTURE)).isPositive();
    }
    assertThat(failures.total()).isZero();
  }
}
