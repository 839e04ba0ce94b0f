package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.note;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.units;

import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Kind;
import java.nio.file.Path;
import java.util.List;

/** How the golden recording was made, once; it is never made again. */
final class GoldenRecording {
  private GoldenRecording() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    WriterOptions small = WriterOptions.defaults().withMostBytes(1 << 20);
    try (RecordingWriter writer = RecordingWriter.create(file, RUN, "golden – größer", small)) {
      for (long seq = 1; seq <= 3; seq++) {
        writer.offer(numbers(seq));
        writer.offer(units(seq, 300));
      }
      writer.offer(units(4, 2_000_000));
      writer.offer(note(1));
      writer.acknowledge(ORIGIN, Kind.KIND_NUMBERS, 2);
    }
    try (RecordingWriter writer = RecordingWriter.reopen(file, small)) {
      writer.offer(numbers(new Origin(RUN, 0, 2_000), 1, 20));
      writer.offer(numbers(new Origin(RUN, 1, 2_000), 1, 20));
    }
    System.out.println(List.of(file, "written"));
  }
}
