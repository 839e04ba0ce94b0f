package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs read the file, also while it is written. */
class ForeignReaderTest {
  @TempDir Path folder;

  @Test
  void the_lines_of_python_in_the_specification_read_the_file_while_it_is_written()
      throws Exception {
    assumeInstalled("python3");
    Path script = Files.writeString(folder.resolve("read.py"), specifiedPython());
    Path file = folder.resolve("run.alidade");
    try (RecordingWriter writer =
        RecordingWriter.create(file, RUN, "x", WriterOptions.defaults())) {
      writer.offer(numbers(1));
      writer.offer(units(1, 20_000));
      assertThat(writer.flush(Duration.ofSeconds(30))).isTrue();

      assertThat(run("python3", script.toString(), file.toString()))
          .containsExactly(
              "17 10 " + numbers(1).bytes().length + " ok",
              "18 10 " + units(1, 20_000).bytes().length + " ok");
    }
  }

  @Test
  void sqlite3_reads_the_file_while_it_is_written_and_the_writer_goes_on() throws Exception {
    assumeInstalled("sqlite3");
    Path file = folder.resolve("run.alidade");
    try (RecordingWriter writer =
        RecordingWriter.create(file, RUN, "x", WriterOptions.defaults())) {
      for (long seq = 1; seq <= 50; seq++) {
        writer.offer(numbers(seq));
        assertThat(writer.flush(Duration.ofSeconds(30))).isTrue();
        if (seq % 10 == 0) {
          assertThat(
                  run(
                      "sqlite3",
                      "file:" + file + "?mode=ro",
                      "SELECT count(*), max(seq) FROM frame"))
              .containsExactly(seq + "|" + seq);
        }
      }
    }
    assertThat(run("sqlite3", "file:" + file + "?mode=ro", "PRAGMA integrity_check"))
        .containsExactly("ok");
    assertThat(run("sqlite3", "file:" + file + "?mode=ro", "PRAGMA journal_mode"))
        .containsExactly("delete");
  }

  private static String specifiedPython() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/dev/alidade/recording/package-info.java"));
    Matcher code = Pattern.compile("<pre>\\{@code\n(.*?)}</pre>", Pattern.DOTALL).matcher(source);
    assertThat(code.find()).isTrue();
    return code.group(1).replaceAll("(?m)^ \\* ?", "");
  }

  private static void assumeInstalled(String program) {
    Stream<Path> places = Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
    assumeThat(places.anyMatch(place -> Files.isExecutable(place.resolve(program))))
        .as(program + " is installed")
        .isTrue();
  }

  private static List<String> run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return new ArrayList<>(output.lines().toList());
  }
}
