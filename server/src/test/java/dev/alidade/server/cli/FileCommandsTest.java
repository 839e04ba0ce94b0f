package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.WriterOptions;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** verify, repair, merge and trim. */
class FileCommandsTest {
  @TempDir Path folder;
  private Path file;
  private Path output;

  @BeforeEach
  void record() throws Exception {
    file = SampleRun.write(folder.resolve("run.alidade"), "mnist", true);
    output = folder.resolve("out.alidade");
  }

  private void alter(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void assertNothingIsLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_sound_recording_verifies() {
    assertThat(Cli.run("verify", file.toString()).assertSucceeds().out())
        .isEqualTo(file + ": sound" + System.lineSeparator());
  }

  @Test
  void damage_is_named_and_the_code_is_one() throws Exception {
    alter("UPDATE frame SET crc32c = 1 WHERE id = 2");

    Cli cli = Cli.run("verify", file.toString(), file.toString());

    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.out()).contains("frame at position 2 must have CRC-32C").contains("not sound");
  }

  @Test
  void numbers_that_are_missing_without_a_gap_are_named() throws Exception {
    alter("DELETE FROM frame WHERE kind = 17 AND seq = 2");

    assertThat(Cli.run("verify", file.toString()).out())
        .contains("seq 2 to 2 is missing and no gap says why");
  }

  @Test
  void newer_foreign_hostile_and_absent_files_are_one_line_each() throws Exception {
    alter("PRAGMA user_version=9");
    assertThat(Cli.run("verify", file.toString()).out())
        .startsWith(file + ": recording is of version 9, this Alidade reads up to 1");
    alter("PRAGMA user_version=1");
    alter("CREATE VIEW v AS SELECT 1");
    assertThat(Cli.run("verify", file.toString()).out()).contains("has view 'v'");

    Path foreign = Files.writeString(folder.resolve("foreign"), "no recording");
    assertThat(Cli.run("verify", foreign.toString()).out()).contains("is not a readable recording");
    assertThat(Cli.run("verify", folder.resolve("none").toString()).out())
        .contains("recording must be a file that exists");
  }

  @Test
  void a_truncated_recording_is_repaired_into_a_new_file() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    byte[] half = Arrays.copyOf(whole, whole.length - 20_000);
    Files.write(file, half);
    assertThat(Cli.run("verify", file.toString()).code()).isEqualTo(1);

    String out = Cli.run("repair", file.toString(), "-o", output.toString()).assertSucceeds().out();

    assertThat(out).contains("frames of run " + SampleRun.ORIGIN.run());
    assertThat(Cli.run("verify", output.toString()).out()).contains("sound");
    assertThat(file).hasBinaryContent(half);
  }

  @Test
  void what_holds_nothing_is_not_repaired_and_leaves_nothing() throws Exception {
    Files.writeString(file, "x".repeat(99_999));

    Cli.run("repair", file.toString(), "-o", output.toString())
        .assertFails(1, file + ": holds no whole frame of a recording");
    assertNothingIsLeft();
  }

  @Test
  void a_part_is_cut_out() throws Exception {
    Cli.run("trim", file.toString(), "--from", "15", "--to", "20", "-o", output.toString())
        .assertSucceeds();

    try (RecordingReader reader = RecordingReader.open(output)) {
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(1);
      assertThat(reader.count(Kind.KIND_DESCRIPTION)).isEqualTo(1);
    }
  }

  @Test
  void a_range_outside_of_the_run_is_one_line_and_leaves_nothing() throws Exception {
    Cli.run("trim", file.toString(), "--from", "50", "-o", output.toString())
        .assertFails(
            1, file + ": range must be within iterations 10 to 30: 50 to " + Long.MAX_VALUE);
    assertNothingIsLeft();
  }

  @Test
  void an_output_that_cannot_be_written_is_one_line() {
    Path nowhere = folder.resolve("none/out.alidade");
    Cli cli = Cli.run("trim", file.toString(), "-o", nowhere.toString());

    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.err()).startsWith("alidade: " + nowhere + ": output cannot be written");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void two_recordings_of_a_run_are_merged_and_two_of_different_runs_are_not() throws Exception {
    Path part = folder.resolve("part.alidade");
    Cli.run("trim", file.toString(), "--to", "10", "-o", part.toString()).assertSucceeds();
    Cli.run("merge", part.toString(), file.toString(), "-o", output.toString()).assertSucceeds();
    try (RecordingReader reader = RecordingReader.open(output)) {
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(3);
      assertThat(reader.gaps()).isEmpty();
    }

    RunId other = RunId.at(1);
    Path stranger = folder.resolve("stranger.alidade");
    RecordingWriter.create(stranger, other, "x", WriterOptions.defaults()).close();
    Cli.run("merge", file.toString(), stranger.toString(), "-o", folder.resolve("m").toString())
        .assertFails(
            1,
            stranger
                + ": recordings must be of the same run: %s is of %s, this one of %s"
                    .formatted(file, SampleRun.ORIGIN.run(), other));
  }
}
