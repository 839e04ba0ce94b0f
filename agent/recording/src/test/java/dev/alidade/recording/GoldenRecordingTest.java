package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of every version, as they were written then, are read for ever. */
class GoldenRecordingTest {
  @TempDir Path folder;
  private Path file;

  private void unpack(String name) throws Exception {
    file = folder.resolve("golden.alidade");
    try (InputStream packed = getClass().getResourceAsStream("/golden/" + name + ".alidade.gz")) {
      Files.copy(new GZIPInputStream(packed), file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"version-1", "version-1-16k"})
  void version_1_is_read(String name) throws Exception {
    unpack(name);
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

  @ParameterizedTest
  @ValueSource(strings = {"version-1", "version-1-16k"})
  void the_frames_of_version_1_have_the_bytes_that_were_offered(String name) throws Exception {
    unpack(name);
    try (RecordingReader reader = RecordingReader.open(file)) {
      List<Frame> frames =
          reader.after(0, 100, Long.MAX_VALUE).stream().map(StoredFrame::frame).toList();
      assertThat(frames.get(4).bytes()).isEqualTo(TestFrames.numbers(3).bytes());
      assertThat(frames.get(5).bytes()).isEqualTo(TestFrames.units(3, 300).bytes());
      assertThat(frames.get(6).bytes()).isEqualTo(TestFrames.note(1).bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"version-1", "version-1-16k"})
  void a_recording_of_version_1_can_be_continued(String name) throws Exception {
    unpack(name);
    try (RecordingWriter writer = RecordingWriter.reopen(file, WriterOptions.defaults())) {
      writer.offer(TestFrames.numbers(4));
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.lastPosition()).isEqualTo(10);
      assertThat(reader.verify()).isEmpty();
    }
  }

  @Test
  void kept_windows_of_version_1_are_read() throws Exception {
    unpack("version-1-16k");
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.kept()).containsExactly(new KeptWindow(20, 30));
      assertThat(reader.missing()).isEmpty();
    }
  }

  @Test
  void a_truncated_recording_of_version_1_is_refused_and_repaired() throws Exception {
    unpack("version-1-truncated");
    assertThatThrownBy(
            () -> {
              try (RecordingReader reader = RecordingReader.open(file)) {
                reader.after(0, 100, Long.MAX_VALUE);
              }
            })
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("malformed");

    Path output = folder.resolve("repaired.alidade");
    assertThat(Recordings.repair(file, output).frames()).isEqualTo(9);
    try (RecordingReader reader = RecordingReader.open(output)) {
      assertThat(reader.verify()).isEmpty();
      assertThat(reader.name()).isEqualTo("golden – größer");
    }
  }

  @Test
  void a_hostile_recording_of_version_1_is_refused_and_what_is_whole_is_saved() throws Exception {
    unpack("version-1-hostile");
    assertThatThrownBy(() -> RecordingReader.open(file))
        .hasMessage(file + ": recording must have its own tables only: has trigger 't'");
    assertThatThrownBy(() -> RecordingWriter.reopen(file, WriterOptions.defaults()))
        .isInstanceOf(RecordingException.class);

    Path output = folder.resolve("repaired.alidade");
    assertThat(Recordings.repair(file, output).frames()).isEqualTo(8);
    try (RecordingReader reader = RecordingReader.open(output)) {
      assertThat(reader.verify()).isEmpty();
    }
  }
}
