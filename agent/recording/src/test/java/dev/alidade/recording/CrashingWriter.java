package dev.alidade.recording;

import java.nio.file.Files;
import java.nio.file.Path;

/** A process that records until it is killed, and says on its output what is committed. */
final class CrashingWriter {
  private CrashingWriter() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    RecordingWriter writer =
        Files.exists(file)
            ? RecordingWriter.reopen(file, WriterOptions.defaults())
            : RecordingWriter.create(
                file, TestFrames.RUN, "crash", WriterOptions.defaults().withQueueBytes(1 << 20));
    long seq;
    try (RecordingReader reader = RecordingReader.open(file)) {
      seq = reader.lastPosition();
    }
    writer.onCommit(position -> System.out.println(position));
    while (true) {
      seq++;
      // The queue is small: a dropped frame would be a hole, so it is offered until it is taken.
      while (!writer.offer(TestFrames.units(seq, 2_000 + (int) (seq % 20_000)))) {
        Thread.onSpinWait();
      }
    }
  }
}
