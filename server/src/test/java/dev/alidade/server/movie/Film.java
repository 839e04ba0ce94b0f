package dev.alidade.server.movie;

import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.WriterOptions;
import dev.alidade.server.picture.Theme;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.AlertState;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Picture;
import java.nio.file.Path;
import java.util.Random;

/** Recordings whose maps turn steadily, for films of them. */
final class Film {
  private Film() {}

  /** A run of so many layers, sampled every tenth iteration from 10 on. */
  static Path record(Path file, int layers, int units, int samples) throws Exception {
    Origin origin = new Origin(new RunId("01ARZ3NDEKTSV4RRFFQ69G5FAV"), 0, 1_795_000_000_000L);
    try (RecordingWriter writer =
        RecordingWriter.create(file, origin.run(), "film", WriterOptions.defaults())) {
      Description.Builder description = Description.newBuilder().setName("film");
      for (int layer = 0; layer < layers; layer++) {
        description.addLayers(Layer.newBuilder().setName("dense" + layer).setUnits(units));
      }
      writer.offer(frame(origin, Kind.KIND_DESCRIPTION, 1, 0, description.build()));
      for (int seq = 1; seq <= samples; seq++) {
        Numbers numbers =
            Numbers.newBuilder().setEpoch(1 + seq / 10).setScore(2.0 / seq).setOffered(seq).build();
        writer.offer(frame(origin, Kind.KIND_NUMBERS, seq, seq * 10L, numbers));
        Picture.Builder picture = Picture.newBuilder();
        for (int layer = 0; layer < layers; layer++) {
          picture.addLayers(map(layer, units, seq));
        }
        writer.offer(frame(origin, Kind.KIND_PICTURE, seq, seq * 10L, picture.build()));
      }
      Note note = Note.newBuilder().setText("rate lowered").setSource("user").build();
      writer.offer(frame(origin, Kind.KIND_NOTE, 1, 20, note));
      Alert alert =
          Alert.newBuilder()
              .setId("dying/dense0/30")
              .setState(AlertState.ALERT_STATE_FIRING)
              .setSummary("dense0 is dying")
              .build();
      writer.offer(frame(origin, Kind.KIND_ALERT, 1, 30, alert));
    }
    return file;
  }

  private static Frame frame(
      Origin origin, Kind kind, long seq, long iteration, com.google.protobuf.MessageLite what) {
    return Frame.encode(origin, kind, seq, iteration, origin.incarnation() + iteration, what);
  }

  private static LayerPicture map(int layer, int units, int seq) {
    Random random = new Random(layer);
    float[] positions = new float[2 * units];
    float[] values = new float[units];
    for (int unit = 0; unit < units; unit++) {
      double r = 1.9 * Math.sqrt(random.nextDouble());
      double angle = random.nextDouble() * 2 * Math.PI + seq * 0.02;
      positions[2 * unit] = (float) (r * Math.cos(angle));
      positions[2 * unit + 1] = (float) (r * Math.sin(angle));
      values[unit] = (float) Math.sin(angle * 2 + r);
    }
    return LayerPicture.newBuilder()
        .setLayer(layer)
        .setPositions(Tensors.u16(positions, -2.2f, 2.2f, units, 2))
        .setValues(Tensors.u8(values, -1, 1, units))
        .setValueRange(1)
        .setProfileRange(1)
        .setTick(seq)
        .build();
  }

  static MovieQuery query(int fps, double seconds) {
    return new MovieQuery(null, null, -1, -1, FilmSize.P720, Theme.DARK, fps, seconds, 0);
  }
}
