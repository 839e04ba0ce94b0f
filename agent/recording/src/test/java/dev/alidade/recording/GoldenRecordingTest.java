package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Kind;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of every version, as they were written then, are read for ever. */
class GoldenRecordingTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void unpack() throws Exception {
    file = folder.resolve("golden.alidade");
    try (InputStream packed = getClass().getResourceAsStream("/golden/version-1.alidade.gz")) {
      Files.copy(new GZIPInputStream(packed), file);
    }
  }

  @Test
  void version_1_is_read() throws Exception {
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.run()).isEqualTo(RUN);
      assertThat(reader.name()).isEqualTo("golden – größer");
      assertThat(reader.meta()).containsKeys("run", "name", "created_millis");
      assertThat(reader.origins())
          .containsExactly(ORIGIN, new Origin(RUN, 0, 2_000), new Origin(RUN, 1, 2_000));
      assertThat(reader.after(0, 100, Long.MAX_VALUE))
          .extracting(StoredFrame::position, e -> e.frame().kindNumber(), e -> e.frame().seq())
          .containsExactly(
              tuple(1L, 17, 1L),
              tuple(2L, 18, 1L),
              tuple(3L, 17, 2L),
              tuple(4L, 18, 2L),
              tuple(5L, 17, 3L),
              tuple(6L, 18, 3L),
              tuple(7L, 22, 1L),
              tuple(8L, 17, 1L),
              tuple(9L, 17, 1L));
      assertThat(reader.acknowledged(ORIGIN)).isEqualTo(Map.of(Kind.KIND_NUMBERS, 2L));
      assertThat(reader.gaps())
          .extracting(StoredGap::kind, StoredGap::fromSeq, StoredGap::toSeq, StoredGap::reason)
          .containsExactly(tuple(18, 4L, 4L, "spool_full"));
      assertThat(reader.verify()).isEmpty();
    }
  }

  @Test
  void the_frames_of_version_1_have_the_bytes_that_were_offered() throws Exception {
    try (RecordingReader reader = RecordingReader.open(file)) {
      List<Frame> frames =
          reader.after(0, 100, Long.MAX_VALUE).stream().map(StoredFrame::frame).toList();
      assertThat(frames.get(4).bytes()).isEqualTo(TestFrames.numbers(3).bytes());
      assertThat(frames.get(5).bytes()).isEqualTo(TestFrames.units(3, 300).bytes());
      assertThat(frames.get(6).bytes()).isEqualTo(TestFrames.note(1).bytes());
    }
  }

  @Test
  void a_recording_of_version_1_can_be_continued() throws Exception {
    try (RecordingWriter writer = RecordingWriter.reopen(file, WriterOptions.defaults())) {
      writer.offer(TestFrames.numbers(4));
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.lastPosition()).isEqualTo(10);
      assertThat(reader.verify()).isEmpty();
    }
  }
}
