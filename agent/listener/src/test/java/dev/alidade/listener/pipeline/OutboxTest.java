package dev.alidade.listener.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.alidade.listener.capture.Failures;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.WriterOptions;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.End;
import dev.alidade.wire.proto.Gap;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final Origin ORIGIN = new Origin(RunId.at(1), 0, 1);

  @TempDir Path folder;

  private static Picture picture(int bytes) {
    ByteString state = ByteString.copyFrom(new byte[bytes]);
    return Picture.newBuilder().addLayers(LayerPicture.newBuilder().setState(state)).build();
  }

  private List<Gap> gapsAfter(long... sizes) throws Exception {
    Path file = folder.resolve("run.alidade");
    WriterOptions small = WriterOptions.defaults().withMostBytes(1 << 20);
    try (RecordingWriter writer = RecordingWriter.create(file, ORIGIN.run(), "x", small)) {
      Outbox outbox = new Outbox(ORIGIN, writer, new Failures());
      for (int seq = 1; seq <= sizes.length; seq++) {
        Picture picture = picture((int) sizes[seq - 1]);
        boolean accepted = outbox.offer(Kind.KIND_PICTURE, seq, seq * 10L, 5, picture);
        assertThat(accepted).isEqualTo(sizes[seq - 1] < 1 << 20);
      }
      outbox.offer(Kind.KIND_END, 99, 5, End.getDefaultInstance());
    }
    List<Gap> gaps = new ArrayList<>();
    try (RecordingReader reader = RecordingReader.open(file)) {
      for (var each : reader.after(0, Kind.KIND_GAP, 10, 1 << 20)) {
        gaps.add(each.frame().payload(Gap.parser()));
      }
      assertThat(reader.missing()).isEmpty();
    }
    return gaps;
  }

  @Test
  void framesThatTheRecordingRefuses_becomeOneGapForTheServer() throws Exception {
    assertThat(gapsAfter(100, 2_000_000, 2_000_000, 100, 100))
        .containsExactly(
            Gap.newBuilder()
                .setFromSeq(2)
                .setToSeq(3)
                .setReason("spool_full")
                .setKind(Kind.KIND_PICTURE)
                .setFrames(2)
                .build());
  }

  @Test
  void framesThatAreRefusedUntilTheEnd_areSaidBeforeIt() throws Exception {
    assertThat(gapsAfter(100, 2_000_000)).hasSize(1);
  }
}
