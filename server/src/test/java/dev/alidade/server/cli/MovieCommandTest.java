package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieCommandTest {
  @TempDir Path folder;
  private Path file;
  private Path output;

  @BeforeEach
  void record() throws Exception {
    file = SampleRun.write(folder.resolve("run.alidade"), "mnist", false);
    output = folder.resolve("film.gif");
  }

  private Cli movie(String... more) {
    List<String> all = new ArrayList<>(List.of("movie", file.toString(), "-o", output.toString()));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(String[]::new));
  }

  @AfterEach
  void nothing_half_made_is_left() throws Exception {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .noneMatch(name -> name.contains("partial"));
    }
  }

  @Test
  void a_film_is_made_and_told_of() {
    String out = movie("--seconds", "0.5", "--fps", "10").assertSucceeds().out();

    assertThat(out).startsWith(output + ": 5 frames, 1280x720, GIF, ");
    assertThat(output).isNotEmptyFile();
  }

  @Test
  void what_is_not_there_is_named_beside_what_is() {
    movie("--layer", "dens").assertFails(1, "layer 'dens' is not in the run; it has: dense, out");
    movie("--layer", "out").assertFails(1, "layer 'out' has no map between 10 and 30");
    movie("--from", "9").assertFails(1, "from must be between 10 and 30, where there are maps: 9");
    movie("--to", "31").assertFails(1, "to must be between 10 and 30, where there are maps: 31");
    movie("--group", "7").assertFails(1, "group '7' is not in the maps; they have: none");
    assertThat(output).doesNotExist();
  }

  @Test
  void arguments_are_checked() {
    movie("--from", "20", "--to", "10").assertFails(1, "to must be at least from, 20: 10");
    movie("--from", "-1").assertFails(1, "--from must be at least 0: -1");
    movie("--size", "8k").assertFails(1, "size must be one of 720p, 1080p, 4k: 8k");
    movie("--fps", "0").assertFails(1, "fps must be between 1 and 120: 0");
    movie("--seconds", "0").assertFails(1, "--seconds must be above 0: 0.0");
    movie("--seconds", "2", "--speed", "3")
        .assertFails(1, "seconds and speed exclude each other: 3.0");
    movie("--theme", "sepia").assertFails(1, "theme must be one of light, dark: sepia");
    output = folder.resolve("film.avi");
    movie().assertFails(1, "output must end with .mp4, .webm, .gif or .png: film.avi");
  }

  @Test
  void an_output_that_cannot_be_written_is_named() throws Exception {
    output = folder.resolve("missing").resolve("film.gif");
    movie().assertFails(1, "the folder of the output must exist: " + output);
    output = Files.createDirectory(folder.resolve("folder.mp4"));
    movie().assertFails(1, "the output must be a file: " + output);
  }

  @Test
  void a_file_that_is_not_a_recording_is_named() throws Exception {
    file = Files.writeString(folder.resolve("foreign.alidade"), "not a database, not at all");

    Cli result = movie();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).contains("foreign.alidade").contains("is not a");
    assertThat(output).doesNotExist();
  }
}
