package dev.alidade.recording;

import com.google.protobuf.ByteString;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.DataType;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.LayerUnits;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Tensor;
import dev.alidade.wire.proto.Units;
import java.util.Random;

/** Frames whose content follows from their seq, so that a reader can tell whether it is right. */
final class TestFrames {
  static final RunId RUN = new RunId("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  static final Origin ORIGIN = new Origin(RUN, 0, 1_000);

  private TestFrames() {}

  static Frame numbers(long seq) {
    return numbers(ORIGIN, seq, seq * 10);
  }

  static Frame numbers(Origin origin, long seq, long iteration) {
    Numbers content = Numbers.newBuilder().setScore(1.0 / seq).setOffered(seq).build();
    return Frame.encode(origin, Kind.KIND_NUMBERS, seq, iteration, 1_000 + seq, content);
  }

  static Frame note(long seq) {
    Note content = Note.newBuilder().setText("note " + seq).setSource("user").build();
    return Frame.encode(ORIGIN, Kind.KIND_NOTE, seq, seq * 10, 1_000 + seq, content);
  }

  /** Random bytes of about the given size, the same for the same seq. */
  static Frame units(long seq, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seq).nextBytes(content);
    Tensor mean =
        Tensor.newBuilder()
            .setType(DataType.DATA_TYPE_U8)
            .addShape(bytes)
            .setData(ByteString.copyFrom(content))
            .build();
    Units units = Units.newBuilder().addLayers(LayerUnits.newBuilder().setMean(mean)).build();
    return Frame.encode(ORIGIN, Kind.KIND_UNITS, seq, seq * 10, 1_000 + seq, units);
  }

  /** A picture of about the given size. */
  static Frame picture(Origin origin, long seq, long iteration, int bytes) {
    byte[] state = new byte[bytes];
    new Random(seq).nextBytes(state);
    LayerPicture layer = LayerPicture.newBuilder().setState(ByteString.copyFrom(state)).build();
    Picture picture = Picture.newBuilder().addLayers(layer).build();
    return Frame.encode(origin, Kind.KIND_PICTURE, seq, iteration, 1_000 + seq, picture);
  }
}
