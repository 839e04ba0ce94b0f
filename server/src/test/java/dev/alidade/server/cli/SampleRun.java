package dev.alidade.server.cli;

import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.WriterOptions;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.End;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Quality;
import dev.alidade.wire.proto.Quantity;
import java.nio.file.Path;

/** A recording with two layers, written for a test; its values follow from their indices. */
final class SampleRun {
  static final RunId RUN = new RunId("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  static final Origin ORIGIN = new Origin(RUN, 0, 1_795_000_000_000L);
  static final int OBSERVATIONS = 4;
  static final int UNITS = 3;

  private final RecordingWriter writer;

  private SampleRun(RecordingWriter writer) {
    this.writer = writer;
  }

  /** Three samples; the map does not move between the second and the third. */
  static Path write(Path file, String name, boolean withObservations) throws Exception {
    try (RecordingWriter writer =
        RecordingWriter.create(file, RUN, name, WriterOptions.defaults())) {
      SampleRun run = new SampleRun(writer);
      run.describe(name);
      for (int seq = 1; seq <= 3; seq++) {
        run.sample(seq, Math.min(seq, 2), withObservations);
      }
      run.offer(Kind.KIND_END, 1, 30, End.newBuilder().setReason("closed").build());
    }
    return file;
  }

  private void offer(Kind kind, long seq, long iteration, com.google.protobuf.MessageLite payload) {
    long millis = ORIGIN.incarnation() + iteration;
    writer.offer(Frame.encode(ORIGIN, kind, seq, iteration, millis, payload));
  }

  private void describe(String name) {
    Layer dense = Layer.newBuilder().setName("dense").setType("DenseLayer").setUnits(UNITS).build();
    Description description =
        Description.newBuilder()
            .setName(name)
            .setModel("MultiLayerNetwork")
            .setFramework("deeplearning4j 1.0.0-M2.1")
            .setEvery(10)
            .addLayers(dense.toBuilder().setActivation("relu"))
            .addLayers(dense.toBuilder().setName("out").setOutput(true))
            .addQuantities(Quantity.newBuilder().setId("zero_share"))
            .addGroups("zero")
            .build();
    offer(Kind.KIND_DESCRIPTION, 1, 0, description);
  }

  private void sample(int seq, int tick, boolean withObservations) {
    long iteration = seq * 10L;
    offer(
        Kind.KIND_NUMBERS,
        seq,
        iteration,
        Numbers.newBuilder().setEpoch(1).setScore(1.0 / seq).setOffered(seq).build());
    float[] positions = {-1, 0, 1, 0, 0, tick / 2f};
    LayerPicture map =
        LayerPicture.newBuilder()
            .setLayer(0)
            .setPositions(Tensors.u16(positions, -2, 2, UNITS, 2))
            .setTick(tick)
            .setQuality(Quality.newBuilder().setTickMillis(12.5f))
            .build();
    offer(Kind.KIND_PICTURE, seq, iteration, Picture.newBuilder().addLayers(map).build());
    if (withObservations) {
      LayerObservations rows =
          LayerObservations.newBuilder()
              .setLayer(0)
              .setActivations(Tensors.f32(activations(seq), OBSERVATIONS, UNITS))
              .setLabels(Tensors.f32(new float[] {0, 1, -1, 7}, OBSERVATIONS))
              .build();
      offer(
          Kind.KIND_OBSERVATIONS,
          seq,
          iteration,
          Observations.newBuilder().addLayers(rows).build());
    }
  }

  static float[] activations(int seq) {
    float[] values = new float[OBSERVATIONS * UNITS];
    for (int i = 0; i < values.length; i++) {
      values[i] = seq * 100 + i * 0.5f;
    }
    return values;
  }
}
