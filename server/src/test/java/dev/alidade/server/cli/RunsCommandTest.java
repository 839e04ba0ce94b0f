package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {
  @TempDir Path folder;

  @Test
  void recordings_of_all_folders_are_listed() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path more = Files.createDirectory(folder.resolve("more"));
    SampleRun.write(data.resolve("a.alidade"), "first", false);
    SampleRun.write(more.resolve("b.alidade"), "second", false);
    Files.writeString(more.resolve("readme.txt"), "not a run");

    String out =
        Cli.run("runs", "--data", data.toString(), "--in", more.toString()).assertSucceeds().out();

    assertThat(out.lines()).hasSize(3);
    assertThat(out.lines().toList().get(0)).startsWith("RUN  ").contains("NAME", "SCORE", "FILE");
    assertThat(out.lines().toList().get(1))
        .matches(
            "01ARZ3NDEKTSV4RRFFQ69G5FAV  first +20[0-9-]+ [0-9:]+ UTC +30 +1 +0.3333 +3 +[0-9.]+"
                + " KiB  .*a.alidade");
    assertThat(out.lines().toList().get(2)).contains("  second  ");
  }

  @Test
  void a_file_that_cannot_be_read_is_named_beside_the_others() throws Exception {
    SampleRun.write(folder.resolve("a.alidade"), "first", false);
    Path empty = Files.createFile(folder.resolve("empty.alidade"));

    Cli result = Cli.run("runs", "--data", folder.toString());

    assertThat(result.code()).isZero();
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.err())
        .isEqualTo(
            "not shown: %s: is not a recording: application id must be 0x414C4944: 0x00000000%n"
                .formatted(empty));
  }

  @Test
  void no_recordings_are_said_plainly() {
    assertThat(Cli.run("runs", "--data", folder.toString()).assertSucceeds().out())
        .startsWith("no recordings; ");
  }

  @Test
  void an_unknown_command_names_the_known_ones() {
    Cli.run("rnus")
        .assertFails(
            2,
            "Unmatched argument at index 0: 'rnus'; known: --help, --version, -V, -h, demo, export,"
                + " help, inspect, map, merge, movie, open, repair, rules, runs, serve, trim, verify");
    Cli.run()
        .assertFails(
            2,
            "a command must be given; known: --help, --version, -V, -h, demo, export, help, inspect,"
                + " map, merge, movie, open, repair, rules, runs, serve, trim, verify");
  }

  @Test
  void the_version_is_told() {
    assertThat(Cli.run("--version").assertSucceeds().out()).startsWith("alidade 0.");
  }
}
