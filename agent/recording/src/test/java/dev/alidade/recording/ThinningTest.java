package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.note;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.picture;
import static dev.alidade.recording.TestFrames.units;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.wire.Frame;
import dev.alidade.wire.proto.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of any length stays under the size that the user sets. */
class ThinningTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final long MOST = 4 << 20;
  private static final WriterOptions SMALL = WriterOptions.defaults().withMostBytes(MOST);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("run.alidade");
  }

  private static void offer(RecordingWriter writer, Frame frame) {
    assertThat(writer.offer(frame)).as("%s accepted: %s", frame, writer.account()).isTrue();
  }

  private static void flush(RecordingWriter writer) {
    assertThat(writer.flush(LONG)).isTrue();
  }

  /** Numbers and units at every sample, a picture at every fourth, 30 KB a sample. */
  private static void record(RecordingWriter writer, long from, long to) {
    for (long seq = from; seq <= to; seq++) {
      offer(writer, numbers(seq));
      offer(writer, units(seq, 20_000));
      if (seq % 4 == 3) {
        offer(writer, picture(ORIGIN, seq, seq * 10, 40_000));
      }
      if (seq % 8 == 0) {
        flush(writer);
      }
    }
  }

  private static List<Long> seqs(RecordingReader reader, Kind kind) throws Exception {
    return reader.range(kind, 0, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
        .map(each -> each.frame().seq())
        .toList();
  }

  @Test
  void a_long_run_stays_under_its_size_and_keeps_every_number() throws Exception {
    long longest = 0;
    try (RecordingWriter writer = RecordingWriter.create(file, RUN, "x", SMALL)) {
      for (long seq = 1; seq <= 1_600; seq += 40) {
        record(writer, seq, seq + 39);
        longest = Math.max(longest, Files.size(file));
      }
      assertThat(writer.account().droppedTotal()).isZero();
    }

    assertThat(longest).isLessThanOrEqualTo(MOST).isGreaterThan(MOST / 2);
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(seqs(reader, Kind.KIND_NUMBERS))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_600).boxed().toList());
      assertThat(reader.verify()).isEmpty();
      List<Long> units = seqs(reader, Kind.KIND_UNITS);
      List<Long> pictures = seqs(reader, Kind.KIND_PICTURE);
      assertThat(units).contains(1_600L).hasSizeGreaterThan(20);
      // The newest frame of each stream was kept at every pass, so the end may be uneven.
      assertThat(units)
          .as("a sample keeps all of its kinds")
          .containsAll(pictures.stream().filter(seq -> seq < 1_400).toList());
      for (StoredGap gap : reader.gaps()) {
        assertThat(gap.reason()).isEqualTo("thinned");
        List<Long> left = gap.kind() == Kind.KIND_UNITS_VALUE ? units : pictures;
        long offered = gap.kind() == Kind.KIND_UNITS_VALUE ? 1_600 : 400;
        assertThat(gap.frames() + left.size()).isEqualTo(offered);
      }
    }
  }

  @Test
  void what_remains_is_evenly_spaced() throws Exception {
    try (RecordingWriter writer = RecordingWriter.create(file, RUN, "x", SMALL)) {
      for (long seq = 1; seq <= 2_000; seq++) {
        offer(writer, units(seq, 20_000));
        if (seq % 8 == 0) {
          flush(writer);
        }
      }
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      long stride = Long.parseLong(reader.meta().getOrDefault("thinning", "").split(" ")[0]);
      assertThat(stride).isGreaterThan(1);
      List<Long> seqs = seqs(reader, Kind.KIND_UNITS);
      List<Long> strides = new ArrayList<>();
      for (int i = 2; i < seqs.size(); i++) {
        strides.add(seqs.get(i) - seqs.get(i - 1));
      }
      // The newest part is thinned by a later pass, or by half of this one.
      long finest = strides.stream().filter(each -> each != stride).count();
      assertThat(strides.subList(0, 16)).containsOnly(stride);
      assertThat(strides).isSortedAccordingTo((a, b) -> Long.compare(b, a));
      assertThat(finest).isLessThan(strides.size());
    }
  }

  @Test
  void windows_that_were_asked_for_and_what_is_beside_a_note_are_kept() throws Exception {
    try (RecordingWriter writer = RecordingWriter.create(file, RUN, "x", SMALL)) {
      writer.keep(2_000, 2_100);
      record(writer, 1, 100);
      offer(writer, note(100));
      record(writer, 101, 1_200);
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      List<Long> units = seqs(reader, Kind.KIND_UNITS);
      assertThat(units).containsSequence(LongStream.rangeClosed(200, 210).boxed().toList());
      assertThat(units).containsSequence(LongStream.rangeClosed(93, 108).boxed().toList());
      assertThat(units).doesNotContain(190L, 191L, 192L, 193L);
      assertThat(reader.kept()).containsExactly(new KeptWindow(2_000, 2_100));
    }
  }

  @Test
  void numbers_that_exceed_the_size_by_themselves_are_thinned_with_a_gap() throws Exception {
    WriterOptions tiny = WriterOptions.defaults().withMostBytes(1 << 20);
    try (RecordingWriter writer = RecordingWriter.create(file, RUN, "x", tiny)) {
      for (long seq = 1; seq <= 20_000; seq++) {
        offer(writer, numbers(seq));
        if (seq % 64 == 0) {
          flush(writer);
        }
      }
    }

    assertThat(Files.size(file)).isLessThanOrEqualTo(1 << 20);
    try (RecordingReader reader = RecordingReader.open(file)) {
      long left = reader.count(Kind.KIND_NUMBERS);
      assertThat(left).isGreaterThan(500);
      assertThat(reader.gaps())
          .singleElement()
          .satisfies(
              gap -> {
                assertThat(gap.kind()).isEqualTo(Kind.KIND_NUMBERS_VALUE);
                assertThat(gap.frames()).isEqualTo(20_000 - left);
              });
      assertThat(reader.verify()).isEmpty();
    }
  }

  @Test
  void readers_go_on_while_it_is_thinned() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (RecordingWriter writer = RecordingWriter.create(file, RUN, "x", SMALL)) {
      record(writer, 1, 40);
      Thread reading = new Thread(() -> readUntil(done, failure));
      reading.start();
      record(writer, 41, 800);
      done.set(true);
      reading.join();
    }

    assertThat(failure.get()).isNull();
    assertThat(Files.size(file)).isLessThanOrEqualTo(MOST);
  }

  private void readUntil(AtomicBoolean done, AtomicReference<Throwable> failure) {
    try (RecordingReader reader = RecordingReader.open(file)) {
      long position = 0;
      while (!done.get()) {
        for (StoredFrame each : reader.after(position, 50, 1 << 20)) {
          assertThat(each.position()).isGreaterThan(position);
          position = each.position();
        }
        reader.range(Kind.KIND_UNITS, 0, Long.MAX_VALUE, 20);
        assertThat(reader.latest(Kind.KIND_PICTURE, 400)).isPresent();
      }
    } catch (Throwable e) {
      failure.set(e);
    }
  }

  @Test
  void a_file_longer_than_its_new_size_is_shortened_while_it_is_written() throws Exception {
    try (RecordingWriter writer =
        RecordingWriter.create(file, RUN, "x", WriterOptions.defaults())) {
      record(writer, 1, 400);
    }
    assertThat(Files.size(file)).isGreaterThan(MOST);

    try (RecordingWriter writer = RecordingWriter.reopen(file, SMALL)) {
      for (long seq = 401; seq <= 500; seq++) {
        offer(writer, numbers(seq));
        flush(writer);
      }
    }

    assertThat(Files.size(file)).isLessThanOrEqualTo(MOST);
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(500);
      assertThat(reader.verify()).isEmpty();
    }
  }

  @Test
  void the_same_recording_resumes_at_the_stride_that_it_had() throws Exception {
    try (RecordingWriter writer = RecordingWriter.create(file, RUN, "x", SMALL)) {
      record(writer, 1, 600);
    }
    String before = thinning();
    try (RecordingWriter writer = RecordingWriter.reopen(file, SMALL)) {
      record(writer, 601, 640);
    }

    assertThat(before).isNotEmpty();
    assertThat(Long.parseLong(thinning().split(" ")[0]))
        .isGreaterThanOrEqualTo(Long.parseLong(before.split(" ")[0]));
    assertThat(Files.size(file)).isLessThanOrEqualTo(MOST);
  }

  private String thinning() throws Exception {
    try (RecordingReader reader = RecordingReader.open(file)) {
      return reader.meta().getOrDefault("thinning", "");
    }
  }
}
