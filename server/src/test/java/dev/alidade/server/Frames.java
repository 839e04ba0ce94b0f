package dev.alidade.server;

import com.google.protobuf.ByteString;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.End;
import dev.alidade.wire.proto.Hello;
import dev.alidade.wire.proto.Histogram;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.LayerUnits;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import dev.alidade.wire.proto.Units;

/** Frames as an agent makes them. */
final class Frames {
  private Frames() {}

  static Origin origin() {
    long now = System.currentTimeMillis();
    return new Origin(RunId.at(now), 0, now);
  }

  static Frame hello(Origin origin, String name) {
    Hello hello = Hello.newBuilder().setName(name).setAgentVersion("test").build();
    return Frame.encode(origin, Kind.KIND_HELLO, 1, 0, now(), hello);
  }

  static Frame description(Origin origin, long seq, String... layers) {
    Description.Builder description =
        Description.newBuilder()
            .setName("described")
            .setStartedMillis(now())
            .addQuantities(
                Quantity.newBuilder()
                    .setId("zero_share")
                    .setName("Zeros")
                    .setMeaning("Share of exact zeros.")
                    .setScope(Scope.SCOPE_LAYER))
            .addQuantities(
                Quantity.newBuilder()
                    .setId("iteration_seconds")
                    .setMeaning("Time of one iteration.")
                    .setScope(Scope.SCOPE_RUN));
    for (String layer : layers) {
      description.addLayers(Layer.newBuilder().setName(layer).setUnits(3));
    }
    return Frame.encode(origin, Kind.KIND_DESCRIPTION, seq, 0, now(), description.build());
  }

  /** One layer whose zero share is {@code 1 / iteration}; the score is the iteration. */
  static Frame numbers(Origin origin, long seq, long iteration, Histogram histogram) {
    Numbers numbers =
        Numbers.newBuilder()
            .setEpoch(1)
            .setScore((double) iteration)
            .setOffered(seq)
            .putDropped("queue_full", 2)
            .addRunValues(.25f)
            .addLayers(
                LayerNumbers.newBuilder()
                    .setLayer(0)
                    .addValues(1f / iteration)
                    .setHistogram(histogram))
            .build();
    return Frame.encode(origin, Kind.KIND_NUMBERS, seq, iteration, now(), numbers);
  }

  static Frame numbers(Origin origin, long seq) {
    return numbers(origin, seq, seq * 10, Histogram.getDefaultInstance());
  }

  static Frame units(Origin origin, long seq, long iteration, float... means) {
    LayerUnits layer =
        LayerUnits.newBuilder()
            .setLayer(0)
            .setMean(Tensors.f32(means, means.length))
            .setNonZero(Tensors.f32(means, means.length))
            .setMaxAbs(Tensors.f32(means, means.length))
            .build();
    return Frame.encode(
        origin,
        Kind.KIND_UNITS,
        seq,
        iteration,
        now(),
        Units.newBuilder().addLayers(layer).build());
  }

  /** A picture of about that many bytes. */
  static Frame picture(Origin origin, long seq, int bytes) {
    Picture picture =
        Picture.newBuilder()
            .addLayers(LayerPicture.newBuilder().setState(ByteString.copyFrom(new byte[bytes])))
            .build();
    return Frame.encode(origin, Kind.KIND_PICTURE, seq, seq * 10, now(), picture);
  }

  /** Observations of layer 0, [rows x units], each unit's phase by its index; labels alternate. */
  static Frame observations(Origin origin, long seq, long iteration, int rows, int units) {
    float[] values = new float[rows * units];
    float[] labels = new float[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = row % 2;
      for (int unit = 0; unit < units; unit++) {
        values[row * units + unit] = (float) Math.cos(row * 0.7 + unit * 0.5 + iteration * 1e-3);
      }
    }
    LayerObservations layer =
        LayerObservations.newBuilder()
            .setLayer(0)
            .setActivations(Tensors.f32(values, rows, units))
            .setLabels(Tensors.f32(labels, rows))
            .build();
    return Frame.encode(
        origin,
        Kind.KIND_OBSERVATIONS,
        seq,
        iteration,
        now(),
        Observations.newBuilder().addLayers(layer).build());
  }

  /** A live map of layer 0 with profiles of two groups. */
  static Frame map(Origin origin, long seq, long iteration, float[] positions, float[] profiles) {
    int units = positions.length / 2;
    LayerPicture layer =
        LayerPicture.newBuilder()
            .setLayer(0)
            .setPositions(Tensors.f32(positions, units, 2))
            .setProfiles(Tensors.f32(profiles, profiles.length / units, units))
            .build();
    return Frame.encode(
        origin,
        Kind.KIND_PICTURE,
        seq,
        iteration,
        now(),
        Picture.newBuilder().addLayers(layer).build());
  }

  /** A picture with a map of three units. */
  static Frame map(Origin origin, long seq) {
    float[] positions = {-1, 0, 1, 0, 0, 1};
    Picture picture =
        Picture.newBuilder()
            .addLayers(
                LayerPicture.newBuilder()
                    .setPositions(Tensors.u16(positions, -1, 1, 3, 2))
                    .setValues(Tensors.u8(new float[] {0, .5f, 1}, -1, 1, 3))
                    .setValueRange(1))
            .build();
    return Frame.encode(origin, Kind.KIND_PICTURE, seq, seq * 10, now(), picture);
  }

  static Frame end(Origin origin, long seq) {
    return Frame.encode(
        origin, Kind.KIND_END, seq, 0, now(), End.newBuilder().setReason("closed").build());
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
