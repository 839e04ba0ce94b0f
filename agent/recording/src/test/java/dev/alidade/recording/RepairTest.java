package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.note;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alidade.recording.Recordings.Salvaged;
import dev.alidade.wire.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTest {
  @TempDir Path folder;
  private Path file;
  private Path output;
  private final Map<String, byte[]> written = new LinkedHashMap<>();

  @BeforeEach
  void writeAGoodFile() throws Exception {
    file = folder.resolve("run.alidade");
    output = folder.resolve("repaired.alidade");
    Random random = new Random(3);
    try (RecordingWriter writer =
        RecordingWriter.create(file, RUN, "größer", WriterOptions.defaults())) {
      for (long seq = 1; seq <= 60; seq++) {
        offer(writer, numbers(seq));
        offer(writer, units(seq, random.nextInt(60_000)));
      }
      offer(writer, note(1));
      // Too large for the bound of a writer that continues it: a row in the table of gaps.
    }
    WriterOptions tiny = WriterOptions.defaults().withMostBytes(3 << 20);
    try (RecordingWriter writer = RecordingWriter.reopen(file, tiny)) {
      assertThat(writer.offer(units(61, 2_000_000))).isFalse();
    }
  }

  private void offer(RecordingWriter writer, Frame frame) {
    assertThat(writer.offer(frame)).isTrue();
    written.put(frame.kindNumber() + "/" + frame.seq(), frame.bytes());
  }

  private List<StoredFrame> repaired() throws Exception {
    try (RecordingReader reader = RecordingReader.open(output)) {
      assertThat(reader.verify()).isEmpty();
      List<StoredFrame> frames = reader.after(0, 10_000, Long.MAX_VALUE);
      for (StoredFrame each : frames) {
        String key = each.frame().kindNumber() + "/" + each.frame().seq();
        assertThat(each.frame().bytes()).as(key).isEqualTo(written.get(key));
      }
      return frames;
    }
  }

  @Test
  void a_sound_file_comes_back_with_every_frame_and_its_gaps() throws Exception {
    byte[] before = Files.readAllBytes(file);
    List<StoredGap> gaps;
    List<Long> left;
    try (RecordingReader reader = RecordingReader.open(file)) {
      gaps = reader.gaps();
      left = reader.after(0, 1000, Long.MAX_VALUE).stream().map(e -> e.frame().seq()).toList();
    }

    Salvaged salvaged = Recordings.repair(file, output);

    assertThat(salvaged.damaged()).isZero();
    assertThat(salvaged.frames()).isEqualTo(left.size());
    assertThat(repaired()).extracting(e -> e.frame().seq()).containsExactlyElementsOf(left);
    try (RecordingReader reader = RecordingReader.open(output)) {
      assertThat(reader.name()).isEqualTo("größer");
      assertThat(reader.gaps()).isEqualTo(gaps).isNotEmpty();
      assertThat(reader.missing()).isEmpty();
    }
    assertThat(file).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, output);
    }
  }

  @Test
  void every_frame_before_the_cut_of_a_truncated_file_is_saved() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    int last = 0;
    for (int share = 3; share <= 9; share += 3) {
      Files.write(file, Arrays.copyOf(whole, whole.length * share / 10));
      Files.deleteIfExists(output);
      Recordings.repair(file, output);
      int saved = repaired().size();
      assertThat(saved).as("cut at %d/10", share).isGreaterThan(last);
      last = saved;
    }
    assertThat(last).isGreaterThan(60);
  }

  @Test
  void a_file_whose_tables_are_overwritten_is_saved_by_its_pages() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    new Random(1).nextBytes(bytes);
    byte[] whole = Files.readAllBytes(file);
    System.arraycopy(bytes, 0, whole, 0, 16 << 10);
    Files.write(file, whole);

    Salvaged salvaged = Recordings.repair(file, output);

    assertThat(salvaged.run()).isEqualTo(RUN);
    assertThat(repaired().size()).isGreaterThan(80);
  }

  @Test
  void a_damaged_frame_is_counted_and_the_others_are_saved() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    byte[] needle = Arrays.copyOfRange(written.get("18/30"), 10_000, 10_040);
    whole[indexOf(whole, needle)] ^= 1;
    Files.write(file, whole);

    Salvaged salvaged = Recordings.repair(file, output);

    assertThat(salvaged.damaged()).isEqualTo(1);
    assertThat(repaired())
        .noneMatch(e -> e.frame().seq() == 30 && e.frame().kindNumber() == 18)
        .anyMatch(e -> e.frame().seq() == 30 && e.frame().kindNumber() == 17);
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void what_lies_in_the_write_ahead_log_is_saved_too() throws Exception {
    Path crashed = folder.resolve("crashed.alidade");
    Path running = folder.resolve("running.alidade");
    try (RecordingWriter writer =
        RecordingWriter.create(running, RUN, "x", WriterOptions.defaults())) {
      for (long seq = 1; seq <= 20; seq++) {
        offer(writer, units(seq, 30_000));
      }
      assertThat(writer.flush(Duration.ofSeconds(30))).isTrue();
      // As after a kill: with its log beside it. Copied by another process, for the locks' sake.
      String command = "cp '%s' '%s' && cp '%s-wal' '%s-wal'";
      String line = command.formatted(running, crashed, running, crashed);
      assertThat(new ProcessBuilder("sh", "-c", line).start().waitFor()).isZero();
    }

    Recordings.repair(crashed, output);

    assertThat(repaired()).hasSize(20);
  }

  @Test
  void random_damage_never_leads_to_another_exception_or_a_wrong_frame() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int round = 0; round < 30; round++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i < 200; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      Files.deleteIfExists(output);
      try {
        Recordings.repair(file, output);
        repaired();
      } catch (RecordingException e) {
        assertThat(e.getMessage()).contains(file.toString());
      }
    }
  }

  @Test
  void what_is_no_recording_and_what_exists_are_refused_in_one_line() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "to be or not to be\n".repeat(999));
    assertThatThrownBy(() -> Recordings.repair(other, output))
        .hasMessage(other + ": holds no whole frame of a recording");
    assertThat(output).doesNotExist();

    assertThatThrownBy(() -> Recordings.repair(file, file))
        .hasMessage(file + ": output must not exist yet");
    assertThatThrownBy(() -> Recordings.repair(file, folder.resolve("none/x.alidade")))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("output cannot be written");
    assertThat(ORIGIN.run()).isEqualTo(RUN);
  }
}
