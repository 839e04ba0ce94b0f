package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files from strangers: each is one clear line, none is an action or a gigabyte of memory. */
class HostileFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeAGoodFile() throws Exception {
    file = folder.resolve("run.alidade");
    try (RecordingWriter writer =
        RecordingWriter.create(file, RUN, "x", WriterOptions.defaults())) {
      for (long seq = 1; seq <= 20; seq++) {
        writer.offer(numbers(seq));
        writer.offer(units(seq, 20_000));
      }
    }
  }

  private void alter(String... sqls) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : sqls) {
        statement.execute(sql);
      }
    }
  }

  private void assertOpeningSays(String problem) {
    assertThatThrownBy(() -> RecordingReader.open(file))
        .isInstanceOf(RecordingException.class)
        .hasMessage(file + ": " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TRIGGER t AFTER INSERT ON frame BEGIN DELETE FROM frame; END | recording must have its own tables only: has trigger 't'
          CREATE VIEW v AS SELECT 1                    | recording must have its own tables only: has view 'v'
          CREATE TABLE extra (a)                       | recording must have its own tables only: has table 'extra'
          CREATE VIRTUAL TABLE f USING fts5(a)         | recording must have its own tables only: has table 'f'
          CREATE INDEX i ON frame (abs(seq))           | recording must have its own tables only: has index 'i'
          ALTER TABLE meta ADD COLUMN more             | recording must have its own tables only: has table 'meta'
          DROP TABLE gap                               | recording must have table 'gap'
          PRAGMA application_id=1                      | is not a recording: application id must be 0x414C4944: 0x00000001
          PRAGMA user_version=2                        | recording is of version 2, this Alidade reads up to 1
          PRAGMA user_version=0                        | is not a recording: version must be at least 1: 0
          UPDATE meta SET value='../../x' WHERE key='run' | is not a recording: meta must have a valid run id
          """)
  void an_altered_file_is_refused_when_opened(String sql, String problem) throws Exception {
    alter(sql);

    assertOpeningSays(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SET crc32c = crc32c + 1     | must have CRC-32C
          SET data = 'text'           | must be a blob of at most 8388608 bytes: 4
          SET data = zeroblob(9000000)| must be a blob of at most 8388608 bytes: 9000000
          SET iteration = 7           | must agree with its columns: KIND_NUMBERS
          SET kind = 19               | must agree with its columns: KIND_NUMBERS
          SET seq = 99                | must agree with its columns: KIND_NUMBERS
          SET worker = -1             | must agree with its columns: KIND_NUMBERS
          SET data = zeroblob(4), crc32c = 1214729159 | is malformed: frame must be an alidade.v1 envelope
          """)
  void an_altered_frame_is_named_when_read(String set, String problem) throws Exception {
    alter("UPDATE frame " + set + " WHERE id = 1");

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThatThrownBy(() -> reader.after(0, 10, 1 << 20))
          .isInstanceOf(RecordingException.class)
          .hasMessageStartingWith(file + ": frame at position 1 " + problem);
      assertThat(reader.after(1, 100, 1 << 20)).hasSize(39);
      assertThat(reader.verify()).singleElement().asString().contains(problem);
    }
  }

  @Test
  void a_frame_of_another_run_is_named() throws Exception {
    alter("UPDATE meta SET value='01ARZ3NDEKTSV4RRFFQ69G5FAW' WHERE key='run'");

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThatThrownBy(() -> reader.at(1))
          .hasMessageEndingWith(
              "frame at position 1 must be of run 01ARZ3NDEKTSV4RRFFQ69G5FAW: "
                  + "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    }
  }

  @Test
  void a_value_of_many_megabytes_is_an_error_before_it_is_memory() throws Exception {
    alter("UPDATE frame SET data = zeroblob(900000000) WHERE id = 1");

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThatThrownBy(() -> reader.after(0, 10, 1 << 20)).isInstanceOf(RecordingException.class);
    }
  }

  @Test
  void a_file_that_is_something_else_is_refused() throws Exception {
    Files.writeString(file, "to be or not to be\n".repeat(100));
    assertOpeningSays(
        "is not a readable recording: [SQLITE_NOTADB] File opened that is not a database file"
            + " (file is not a database)");

    Files.write(file, new byte[0]);
    assertOpeningSays("is not a recording: application id must be 0x414C4944: 0x00000000");

    Files.delete(file);
    assertOpeningSays("recording must be a file that exists");

    Files.createDirectory(file);
    assertOpeningSays("recording must be a file that exists");
  }

  @Test
  void a_truncated_file_is_refused_wherever_it_was_cut() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int share = 1; share < 20; share++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * share / 20));
      assertThat(firstProblem()).as("cut at %d/20", share).isNotEmpty();
    }
  }

  @Test
  void flipped_bytes_are_found_or_harmless_and_never_another_exception() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    int found = 0;
    for (int round = 0; round < 150; round++) {
      byte[] bytes = whole.clone();
      // The first pages hold the header and the schema: the delicate part.
      int bound = round % 2 == 0 ? 8192 * 8 : bytes.length;
      bytes[random.nextInt(bound)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      found += firstProblem().isEmpty() ? 0 : 1;
    }
    assertThat(found).isGreaterThan(50);
  }

  private String firstProblem() {
    try (RecordingReader reader = RecordingReader.open(file)) {
      reader.after(0, 1000, Long.MAX_VALUE);
      return reader.verify().stream().findFirst().orElse("");
    } catch (RecordingException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void writing_continues_only_in_a_recording() throws Exception {
    byte[] other = "something else, and of value".getBytes(StandardCharsets.UTF_8);
    Files.write(file, other);

    assertThatThrownBy(() -> RecordingWriter.reopen(file, WriterOptions.defaults()))
        .isInstanceOf(RecordingException.class);
    assertThat(file).hasBinaryContent(other);
  }
}
