package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.note;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Gap;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
  private static final Origin WORKER = new Origin(RUN, 1, 2_000);
  private static final WriterOptions DEFAULTS = WriterOptions.defaults();

  @TempDir Path folder;

  private Path write(String name, RunId run, Frame... frames) throws Exception {
    Path file = folder.resolve(name);
    try (RecordingWriter writer = RecordingWriter.create(file, run, name, DEFAULTS)) {
      for (Frame frame : frames) {
        writer.offer(frame);
      }
    }
    return file;
  }

  private static Frame gap(long from, long to, Kind kind) {
    Gap gap =
        Gap.newBuilder().setFromSeq(from).setToSeq(to).setReason("disk").setKind(kind).build();
    return Frame.encode(ORIGIN, Kind.KIND_GAP, 1, 50, 1_000, gap);
  }

  @Test
  void recordings_of_two_workers_become_one_in_the_order_of_time() throws Exception {
    Path a = write("a.alidade", RUN, numbers(1), numbers(2), units(2, 100), numbers(5));
    Path b = write("b.alidade", RUN, numbers(2), numbers(WORKER, 3, 30), numbers(WORKER, 4, 40));
    Path out = folder.resolve("out.alidade");

    assertThat(Recordings.merge(List.of(a, b), out)).isEqualTo(6);

    try (RecordingReader reader = RecordingReader.open(out)) {
      assertThat(reader.after(0, 100, Long.MAX_VALUE))
          .extracting(e -> e.frame().origin().worker() + "/" + e.frame().seq())
          .containsExactly("0/1", "0/2", "0/2", "1/3", "1/4", "0/5");
      assertThat(reader.name()).isEqualTo("a.alidade");
      assertThat(reader.verify()).isEmpty();
    }
  }

  @Test
  void recordings_of_different_runs_are_not_merged_and_both_are_named() throws Exception {
    RunId other = RunId.at(5);
    Path a = write("a.alidade", RUN, numbers(1));
    Path b = write("b.alidade", other);
    Path out = folder.resolve("out.alidade");

    assertThatThrownBy(() -> Recordings.merge(List.of(a, b), out))
        .hasMessageContaining(RUN.value())
        .hasMessageContaining(other.value());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(a, b);
    }
  }

  @Test
  void a_trimmed_recording_has_the_range_and_says_what_was_left_out() throws Exception {
    Frame[] frames =
        LongStream.rangeClosed(1, 20)
            .boxed()
            .flatMap(seq -> Stream.of(numbers(seq), units(seq, 500)))
            .toArray(Frame[]::new);
    Path file = write("a.alidade", RUN, frames);
    Path out = folder.resolve("out.alidade");

    assertThat(Recordings.trim(file, out, 50, 100, List.of())).isEqualTo(12);

    try (RecordingReader reader = RecordingReader.open(out)) {
      assertThat(reader.range(Kind.KIND_NUMBERS, 0, 999, 99))
          .extracting(e -> e.frame().iteration())
          .containsExactly(50L, 60L, 70L, 80L, 90L, 100L);
      assertThat(reader.at(1).orElseThrow().frame().bytes()).isEqualTo(numbers(5).bytes());
      assertThat(reader.missing()).isEmpty();
      assertThat(reader.gaps()).extracting(StoredGap::reason).containsOnly("trimmed");
    }
    assertThatThrownBy(() -> Recordings.trim(file, folder.resolve("x"), 201, 300, List.of()))
        .hasMessage(file + ": range must be within iterations 10 to 200: 201 to 300");
  }

  @Test
  void layers_can_be_left_out() throws Exception {
    Description description =
        Description.newBuilder()
            .addLayers(Layer.newBuilder().setName("a"))
            .addLayers(Layer.newBuilder().setName("b"))
            .build();
    Numbers numbers =
        Numbers.newBuilder()
            .setScore(.5)
            .addLayers(LayerNumbers.newBuilder().setLayer(0).addValues(1))
            .addLayers(LayerNumbers.newBuilder().setLayer(1).addValues(2))
            .build();
    Path file =
        write(
            "a.alidade",
            RUN,
            Frame.encode(ORIGIN, Kind.KIND_DESCRIPTION, 1, 0, 1, description),
            Frame.encode(ORIGIN, Kind.KIND_NUMBERS, 1, 10, 2, numbers));
    Path out = folder.resolve("out.alidade");

    Recordings.trim(file, out, 0, 10, List.of("b"));

    try (RecordingReader reader = RecordingReader.open(out)) {
      Numbers left = reader.last(Kind.KIND_NUMBERS).orElseThrow().frame().payload(Numbers.parser());
      assertThat(left.getScore()).isEqualTo(.5);
      assertThat(left.getLayersList())
          .singleElement()
          .satisfies(layer -> assertThat(layer.getValuesList()).containsExactly(2f));
    }
    assertThatThrownBy(() -> Recordings.trim(file, folder.resolve("x"), 0, 10, List.of("c")))
        .hasMessage(file + ": layer 'c' is not in the run; it has: [a, b]");
  }

  @Test
  void a_hole_in_the_numbers_is_missing_unless_a_gap_says_why() throws Exception {
    Path file = write("a.alidade", RUN, numbers(1), numbers(2), numbers(6), numbers(7), note(2));
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.missing())
          .containsExactly(
              "numbers of worker 0, incarnation 1000: seq 3 to 5 is missing and no gap says why",
              "note of worker 0, incarnation 1000: seq 1 to 1 is missing and no gap says why");
    }

    try (RecordingWriter writer = RecordingWriter.reopen(file, DEFAULTS)) {
      writer.offer(gap(3, 5, Kind.KIND_UNSPECIFIED));
      writer.offer(note(1));
    }
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.missing()).isEmpty();
    }
    try (RecordingWriter writer = RecordingWriter.reopen(file, DEFAULTS)) {
      writer.offer(numbers(10));
      writer.offer(numbers(14));
    }
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.missing())
          .containsExactly(
              "numbers of worker 0, incarnation 1000: 5 frames between seq 8 and 13 are missing"
                  + " and no gap says why");
    }
  }
}
