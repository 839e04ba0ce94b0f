package dev.alidade.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.alidade.listener.Alidade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anybody's sqlite3 opens a recording, also while it is written. Skipped where there is none. */
class SqliteIT {
  @TempDir Path folder;

  @Test
  void sqlite3_whileRecording_readsMoreAndMoreFrames() throws Exception {
    assumeThat(onPath("sqlite3")).as("sqlite3 is installed").isTrue();
    try (Alidade alidade =
            Alidade.builder().run("shell").every(2).folder(folder).server("none").start();
        BackgroundTraining training = new BackgroundTraining(alidade.listener())) {
      String recording = alidade.recording();
      await().until(() -> query(recording, "select count(*) from frame where kind = 17") > 5);

      long before = query(recording, "select count(*) from frame where kind = 17");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> query(recording, "select count(*) from frame where kind = 17") > before);
      assertThat(query(recording, "select count(*) from frame where kind = 16")).isPositive();
    }
  }

  private static long query(String file, String sql) throws IOException, InterruptedException {
    Process sqlite =
        new ProcessBuilder("sqlite3", "file:" + file + "?mode=ro", sql)
            .redirectErrorStream(true)
            .start();
    String said = new String(sqlite.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(sqlite.waitFor()).as(said).isZero();
    return Long.parseLong(said);
  }

  private static boolean onPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(java.io.File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }
}
