package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void record() throws Exception {
    file = SampleRun.write(folder.resolve("mnist.alidade"), "mnist", true);
  }

  private Cli inspect(String what) {
    return Cli.run("inspect", what, "--data", folder.toString());
  }

  private void alter(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void a_recording_is_told_in_full() {
    assertThat(inspect(file.toString()).assertSucceeds().out())
        .contains("run         01ARZ3NDEKTSV4RRFFQ69G5FAV")
        .contains("name        mnist")
        .contains("state       ended")
        .contains("process     worker 0, started 2026-11-18 11:06:40 UTC")
        .contains("model       MultiLayerNetwork on deeplearning4j 1.0.0-M2.1")
        .contains("layer       dense: DenseLayer, 3 units, relu")
        .contains("layer       out: DenseLayer, 3 units, output")
        .contains("quantities  1: zero_share")
        .containsPattern("numbers +3 +[0-9]+ B  10 to 30")
        .containsPattern("observations +3 ")
        .containsPattern("end +1 ")
        .endsWith(
            "check       every frame has its checksum; the file is sound" + System.lineSeparator());
  }

  @Test
  void a_run_is_found_by_name_and_by_the_start_of_its_id() {
    String byFile = inspect(file.toString()).out();

    assertThat(inspect("mnist").assertSucceeds().out()).isEqualTo(byFile);
    assertThat(inspect("01ARZ3").assertSucceeds().out()).isEqualTo(byFile);
  }

  @Test
  void damage_is_named_and_is_a_failure() throws Exception {
    alter("UPDATE frame SET crc32c = 5 WHERE id = 2");

    Cli result = inspect(file.toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("problem     " + file + ": frame at position 2 must have CRC-32C 00000005: ")
        .contains("check       1 problems");
  }

  @Test
  void gaps_are_told() throws Exception {
    alter("INSERT INTO gap VALUES (1, 0, 5, 19, 7, 9, 3, 'queue_full', 0)");

    assertThat(inspect("mnist").assertSucceeds().out())
        .contains("gap         3 of picture, seq 7 to 9: queue_full");
  }

  @Test
  void names_from_strangers_cannot_write_on_the_terminal() throws Exception {
    alter(
        "UPDATE meta SET value = 'red' || char(27) || '[31m' || char(10) || 'x' WHERE key = 'name'");

    assertThat(inspect(file.toString()).out())
        .contains("name        red\uFFFD[31m\uFFFDx")
        .doesNotContain("\u001b");
  }

  @Test
  void what_is_no_recording_is_one_line() throws Exception {
    inspect("nothing").assertFails(1, "no file and no run 'nothing'; known: mnist");
    inspect(folder + "/none.alidade")
        .assertFails(1, folder + "/none.alidade: recording must be a file that exists");
    Path text = Files.writeString(folder.resolve("notes.txt"), "to be or not to be, ".repeat(90));
    inspect(text.toString())
        .assertFails(
            1,
            text
                + ": is not a readable recording: [SQLITE_NOTADB] File opened that is not a database"
                + " file (file is not a database)");
    alter("PRAGMA user_version=3");
    inspect(file.toString())
        .assertFails(1, file + ": recording is of version 3, this Alidade reads up to 1");
  }

  @Test
  void a_name_that_two_runs_have_is_not_guessed() throws Exception {
    Path other = folder.resolve("other.alidade");
    Files.copy(file, other);

    inspect("mnist")
        .assertFails(1, "run 'mnist' must be one of several: [" + file + ", " + other + "]");
  }

  @Test
  void arguments_are_checked() {
    Cli.run("inspect").assertFails(2, "Missing required parameter: 'FILE|RUN'");
    Cli.run("inspect", "mnist", "--in", folder + "/none")
        .assertFails(1, "--in must be a folder: " + folder + "/none");
    Cli.run("inspect", "mnist", "--data", folder + "/none")
        .assertFails(1, "--data must be a folder: " + folder + "/none");
    Cli.run("inspect", "mnist", "--quick")
        .assertFails(2, "Unknown option: '--quick'; known: --data, --help, --in, -h");
  }
}
