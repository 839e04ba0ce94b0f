package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.picture;
import static dev.alidade.recording.TestFrames.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Hello;
import dev.alidade.wire.proto.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    // Characters that mean something in a URI must not mean anything in a path.
    file = folder.resolve("a run?mode=x#1 100%.alidade");
  }

  private RecordingWriter create() throws RecordingException {
    return RecordingWriter.create(file, RUN, "mnist; DROP TABLE frame", WriterOptions.defaults());
  }

  @Test
  void frames_come_back_byte_by_byte_in_the_order_of_offering() throws Exception {
    List<Frame> offered = new ArrayList<>();
    try (RecordingWriter writer = create()) {
      for (long seq = 1; seq <= 200; seq++) {
        offered.add(numbers(seq));
        offered.add(units(seq, 3000));
      }
      offered.forEach(frame -> assertThat(writer.offer(frame)).isTrue());
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      List<StoredFrame> stored = reader.after(0, 1000, Long.MAX_VALUE);
      assertThat(stored).hasSize(400);
      for (int i = 0; i < 400; i++) {
        assertThat(stored.get(i).position()).isEqualTo(i + 1);
        assertThat(stored.get(i).frame().bytes()).isEqualTo(offered.get(i).bytes());
      }
      assertThat(reader.run()).isEqualTo(RUN);
      assertThat(reader.name()).isEqualTo("mnist; DROP TABLE frame");
      assertThat(reader.lastPosition()).isEqualTo(400);
    }
  }

  @Test
  void a_closed_recording_is_one_file() throws Exception {
    try (RecordingWriter writer = create()) {
      writer.offer(numbers(1));
    }

    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_frame_sent_twice_is_stored_once() throws Exception {
    try (RecordingWriter writer = create()) {
      writer.offer(numbers(1));
      writer.offer(numbers(1));
      assertThat(writer.flush(LONG)).isTrue();
      writer.offer(numbers(1));
      writer.offer(numbers(2));
      assertThat(writer.flush(LONG)).isTrue();

      Account account = writer.account();
      assertThat(account.offered()).isEqualTo(4);
      assertThat(account.stored()).isEqualTo(4);
      assertThat(account.resent()).isEqualTo(2);
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(2);
      assertThat(reader.stored(ORIGIN)).isEqualTo(Map.of(Kind.KIND_NUMBERS, 2L));
    }
  }

  @Test
  void a_recording_continues_in_a_new_incarnation() throws Exception {
    Origin second = new Origin(RUN, 0, 2_000);
    try (RecordingWriter writer = create()) {
      writer.offer(numbers(1));
    }
    try (RecordingWriter writer = RecordingWriter.reopen(file, WriterOptions.defaults())) {
      assertThat(writer.run()).isEqualTo(RUN);
      writer.offer(numbers(second, 1, 10));
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.origins()).containsExactly(ORIGIN, second);
      assertThat(reader.latest(Kind.KIND_NUMBERS, 10).orElseThrow().frame().origin())
          .isEqualTo(second);
    }
  }

  @Test
  void what_a_resumed_training_goes_through_again_replaces_what_was_there() throws Exception {
    Origin second = new Origin(RUN, 0, 2_000);
    Origin third = new Origin(RUN, 0, 3_000);
    Origin other = new Origin(RUN, 1, 1_500);
    try (RecordingWriter writer = create()) {
      for (long seq = 1; seq <= 10; seq++) {
        writer.offer(numbers(seq)); // iterations 10 to 100
      }
      writer.offer(numbers(other, 1, 95));
      writer.offer(numbers(second, 1, 62));
      writer.offer(numbers(second, 2, 72));
      writer.offer(numbers(third, 1, 71));
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(iterations(reader.range(Kind.KIND_NUMBERS, 0, 1000, 100)))
          .containsExactly(10L, 20L, 30L, 40L, 50L, 60L, 62L, 71L, 95L);
      StoredFrame before = reader.latest(Kind.KIND_NUMBERS, 70).orElseThrow();
      assertThat(before.frame().origin()).isEqualTo(second);
      assertThat(reader.latest(Kind.KIND_NUMBERS, 90).orElseThrow().frame().origin())
          .isEqualTo(third);
      assertThat(reader.latest(Kind.KIND_NUMBERS, 99).orElseThrow().frame().origin())
          .isEqualTo(other);
      assertThat(reader.after(0, 100, Long.MAX_VALUE)).hasSize(14);
    }
  }

  @Test
  void a_process_without_numbers_replaces_nothing() throws Exception {
    Origin first = new Origin(RUN, 7, 1_000);
    Origin second = new Origin(RUN, 7, 2_000);
    try (RecordingWriter writer = create()) {
      writer.offer(picture(first, 1, 10, 8));
      writer.offer(picture(second, 1, 50, 8));
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(iterations(reader.range(Kind.KIND_PICTURE, 0, 1000, 100)))
          .containsExactly(10L, 50L);
    }
  }

  @Test
  void a_moment_is_the_newest_frame_at_or_before_it() throws Exception {
    try (RecordingWriter writer = create()) {
      for (long seq = 1; seq <= 5; seq++) {
        writer.offer(numbers(seq));
      }
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.latest(Kind.KIND_NUMBERS, 9)).isEmpty();
      assertThat(reader.latest(Kind.KIND_NUMBERS, 10).orElseThrow().frame().seq()).isEqualTo(1);
      assertThat(reader.latest(Kind.KIND_NUMBERS, 39).orElseThrow().frame().seq()).isEqualTo(3);
      assertThat(reader.latest(Kind.KIND_NUMBERS, 999).orElseThrow().frame().seq()).isEqualTo(5);
      assertThat(reader.last(Kind.KIND_NUMBERS).orElseThrow().frame().seq()).isEqualTo(5);
      assertThat(reader.last(Kind.KIND_PICTURE)).isEmpty();
    }
  }

  @Test
  void a_range_with_more_frames_than_asked_for_is_evenly_spaced() throws Exception {
    try (RecordingWriter writer = create()) {
      for (long seq = 1; seq <= 101; seq++) {
        writer.offer(numbers(seq));
        writer.offer(units(seq, 1000));
      }
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(iterations(reader.range(Kind.KIND_NUMBERS, 20, 50, 100)))
          .containsExactly(20L, 30L, 40L, 50L);
      assertThat(iterations(reader.range(Kind.KIND_NUMBERS, 0, 5000, 11)))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(0, 10).map(i -> 10 + 100 * i).boxed().toList());
      assertThat(iterations(reader.range(Kind.KIND_NUMBERS, 0, 5000, 1))).containsExactly(1010L);
      assertThat(reader.range(Kind.KIND_NUMBERS, 2000, 5000, 11)).isEmpty();
      assertThat(reader.range(Kind.KIND_UNITS, 0, 5000, 100, 20_000)).hasSizeBetween(10, 20);
    }
  }

  private static List<Long> iterations(List<StoredFrame> frames) {
    return frames.stream().map(each -> each.frame().iteration()).toList();
  }

  @Test
  void a_page_is_bounded_in_frames_and_bytes() throws Exception {
    try (RecordingWriter writer = create()) {
      for (long seq = 1; seq <= 10; seq++) {
        writer.offer(units(seq, 10_000));
      }
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.after(3, 4, Long.MAX_VALUE))
          .extracting(StoredFrame::position)
          .containsExactly(4L, 5L, 6L, 7L);
      assertThat(reader.after(0, 100, 35_000)).hasSize(3);
      assertThat(reader.after(0, 100, 1)).hasSize(1);
      assertThat(reader.after(10, 100, 1)).isEmpty();
    }
  }

  @Test
  void one_kind_of_a_sample_is_found_by_its_seq() throws Exception {
    try (RecordingWriter writer = create()) {
      for (long seq = 1; seq <= 10; seq++) {
        writer.offer(numbers(seq));
        writer.offer(units(seq, 100));
      }
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.after(7, Kind.KIND_UNITS, 3, Long.MAX_VALUE))
          .extracting(StoredFrame::position)
          .containsExactly(8L, 10L, 12L);
      assertThat(reader.find(ORIGIN, Kind.KIND_UNITS, 4).orElseThrow().position()).isEqualTo(8);
      assertThat(reader.find(ORIGIN, Kind.KIND_UNITS, 11)).isEmpty();
      assertThat(reader.find(new Origin(RUN, 1, 1_000), Kind.KIND_UNITS, 4)).isEmpty();
    }
  }

  @Test
  void what_a_server_acknowledged_is_not_uploaded_again() throws Exception {
    try (RecordingWriter writer = create()) {
      for (long seq = 1; seq <= 5; seq++) {
        writer.offer(numbers(seq));
        writer.offer(units(seq, 100));
      }
      writer.acknowledge(ORIGIN, Kind.KIND_NUMBERS, 4);
      writer.acknowledge(ORIGIN, Kind.KIND_NUMBERS, 3);
      writer.acknowledge(ORIGIN, Kind.KIND_UNITS, 5);
      assertThat(writer.flush(LONG)).isTrue();
      writer.acknowledge(ORIGIN, Kind.KIND_UNITS, 2);
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.acknowledged(ORIGIN))
          .isEqualTo(Map.of(Kind.KIND_NUMBERS, 4L, Kind.KIND_UNITS, 5L));
      assertThat(reader.unacknowledged(ORIGIN, 0, 100, Long.MAX_VALUE))
          .extracting(each -> each.frame().seq())
          .containsExactly(5L);
      assertThat(reader.unacknowledged(new Origin(RUN, 1, 1_000), 0, 100, Long.MAX_VALUE))
          .isEmpty();
    }
  }

  @Test
  void a_commit_is_announced_with_its_last_position_after_it_can_be_read() throws Exception {
    List<Long> announced = new CopyOnWriteArrayList<>();
    List<Long> readable = new CopyOnWriteArrayList<>();
    RecordingWriter writer = create();
    try (RecordingReader reader = RecordingReader.open(file)) {
      writer.onCommit(
          position -> {
            announced.add(position);
            try {
              readable.add(reader.lastPosition());
            } catch (RecordingException e) {
              throw new IllegalStateException(e);
            }
          });
      for (long seq = 1; seq <= 300; seq++) {
        writer.offer(numbers(seq));
      }
      writer.close();
    }

    assertThat(announced).isSorted().isEqualTo(readable).last().isEqualTo(300L);
  }

  @Test
  void frames_that_do_not_belong_are_refused() throws Exception {
    Origin stranger = new Origin(new RunId("01ARZ3NDEKTSV4RRFFQ69G5FAW"), 0, 1);
    Frame hello = Frame.encode(ORIGIN, Kind.KIND_HELLO, 1, 0, 0, Hello.getDefaultInstance());
    try (RecordingWriter writer = create()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.offer(numbers(stranger, 1, 1)))
          .withMessage(
              "frame must be of run 01ARZ3NDEKTSV4RRFFQ69G5FAV: 01ARZ3NDEKTSV4RRFFQ69G5FAW");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.offer(hello))
          .withMessage("frame must be of a stored kind: KIND_HELLO");
    }
  }

  @Test
  void a_file_that_exists_is_not_overwritten() throws Exception {
    Files.writeString(file, "precious");

    assertThatThrownBy(this::create)
        .isInstanceOf(RecordingException.class)
        .hasMessage(file + ": recording must not exist yet");
    assertThat(file).hasContent("precious");
  }

  @Test
  void a_folder_that_does_not_exist_is_named() {
    Path lost = folder.resolve("lost").resolve("run.alidade");

    assertThatThrownBy(() -> RecordingWriter.create(lost, RUN, "x", WriterOptions.defaults()))
        .isInstanceOf(RecordingException.class)
        .hasMessageStartingWith(lost + ": recording cannot be written: ");
  }
}
