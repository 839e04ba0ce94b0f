package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.note;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.units;

import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** How the golden recordings were made, once; they are never made again. */
final class GoldenRecording {
  private GoldenRecording() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    WriterOptions small = WriterOptions.defaults().withMostBytes(1 << 20);
    try (RecordingWriter writer = RecordingWriter.create(file, RUN, "golden – größer", small)) {
      writer.keep(20, 30);
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
    // The first version-1.alidade was made before 16 KiB pages and keep windows, by the same lines.
    pack(file, "version-1-16k");
    byte[] whole = Files.readAllBytes(file);
    Path truncated = file.resolveSibling("truncated");
    Files.write(truncated, Arrays.copyOf(whole, whole.length * 7 / 10));
    pack(truncated, "version-1-truncated");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TRIGGER t AFTER INSERT ON frame BEGIN DELETE FROM frame; END");
      statement.execute("CREATE VIEW v AS SELECT randomblob(1000000000)");
      statement.execute("UPDATE frame SET data = zeroblob(9000000) WHERE id = 1");
      statement.execute("UPDATE frame SET seq = -1 WHERE id = 2");
      statement.execute("UPDATE gap SET to_seq = 9223372036854775807, frames = -1");
    }
    pack(file, "version-1-hostile");
  }

  private static void pack(Path file, String name) throws IOException {
    Path packed = file.resolveSibling(name + ".alidade.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(file, out);
    }
    System.out.println(packed);
  }
}
