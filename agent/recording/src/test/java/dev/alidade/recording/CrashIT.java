package dev.alidade.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the recording process, again and again on one file. */
class CrashIT {
  private static final int KILLS = Integer.getInteger("alidade.kills", 6);

  @TempDir Path folder;

  @Test
  void every_frame_that_was_reported_as_committed_survives_a_kill() throws Exception {
    Path file = folder.resolve("run.alidade");
    Random random = new Random();
    long before = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long reported = recordAndKill(file, 1 + random.nextInt(40));
      assertThat(reported).isGreaterThan(before);
      before = verify(file, reported);
    }
  }

  /** Lets it commit that often; returns the last position that it reported. */
  private long recordAndKill(Path file, int commits) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingWriter.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> reports = new ArrayList<>();
      while (reports.size() < commits) {
        reports.add(output.readLine());
      }
      // By the handle: Process.destroyForcibly would also close the stream that is read below.
      process.toHandle().destroyForcibly();
      output.lines().forEach(reports::add);
      process.waitFor();
      return Long.parseLong(reports.get(reports.size() - 1));
    }
  }

  private static long verify(Path file, long reported) throws Exception {
    try (RecordingReader reader = RecordingReader.open(file)) {
      long last = reader.lastPosition();
      assertThat(last).isGreaterThanOrEqualTo(reported);
      assertThat(reader.verify()).isEmpty();
      long position = 0;
      while (position < last) {
        for (StoredFrame each : reader.after(position, 1000, 16 << 20)) {
          position++;
          assertThat(each.position()).isEqualTo(position);
          byte[] expected = TestFrames.units(position, 2_000 + (int) (position % 20_000)).bytes();
          assertThat(each.frame().bytes()).isEqualTo(expected);
        }
      }
      return last;
    }
  }
}
