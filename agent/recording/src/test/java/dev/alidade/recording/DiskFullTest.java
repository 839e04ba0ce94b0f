package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.RUN;
import static dev.alidade.recording.TestFrames.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that may have 60 pages of 8 KiB and no more, until space is freed: SQLITE_FULL. */
class DiskFullTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final AtomicBoolean full = new AtomicBoolean(true);
  private final AtomicInteger connections = new AtomicInteger();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void createAnEmptyRecording() throws Exception {
    file = folder.resolve("run.alidade");
    RecordingWriter.create(file, RUN, "x", WriterOptions.defaults()).close();
  }

  private RecordingWriter start(WriterOptions options) throws Exception {
    return RecordingWriter.start(file, RUN, options, () -> connect(options));
  }

  private Connection connect(WriterOptions options) throws SQLException {
    connections.incrementAndGet();
    Connection connection = Connections.reopen(file, options);
    if (full.get()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count=60");
      }
    }
    return connection;
  }

  @Test
  void a_full_disk_loses_nothing_that_was_stored_or_queued() throws Exception {
    try (RecordingWriter writer = start(WriterOptions.defaults())) {
      for (long seq = 1; seq <= 300; seq++) {
        assertThat(writer.offer(units(seq, 5_000))).isTrue();
      }
      await().atMost(LONG).until(() -> connections.get() >= 3);
      assertThat(writer.account().failure()).contains("SQLITE_FULL");
      assertThat(writer.account().stored() + writer.account().queued()).isEqualTo(300);

      full.set(false);
      assertThat(writer.flush(LONG)).isTrue();
      assertThat(writer.account().stored()).isEqualTo(300);
      assertThat(writer.account().failure()).isEmpty();
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.verify()).isEmpty();
      assertThat(reader.after(0, 1000, Long.MAX_VALUE))
          .extracting(each -> each.frame().seq())
          .hasSize(300)
          .isSorted();
    }
  }

  @Test
  void what_does_not_fit_into_the_queue_meanwhile_becomes_a_gap_in_the_file() throws Exception {
    try (RecordingWriter writer = start(WriterOptions.defaults().withQueueBytes(1 << 20))) {
      for (long seq = 1; seq <= 500; seq++) {
        writer.offer(units(seq, 5_000));
      }
      long dropped = writer.account().droppedTotal();
      assertThat(dropped).isPositive();
      full.set(false);
      assertThat(writer.flush(LONG)).isTrue();
      assertThat(writer.account().offered()).isEqualTo(writer.account().stored() + dropped);
    }

    try (RecordingReader reader = RecordingReader.open(file)) {
      long inGaps = reader.gaps().stream().mapToLong(StoredGap::frames).sum();
      assertThat(reader.lastPosition() + inGaps).isEqualTo(500);
      assertThat(reader.gaps()).allSatisfy(gap -> assertThat(gap.reason()).isEqualTo("queue_full"));
    }
  }

  @Test
  void closing_does_not_wait_for_ever_and_counts_what_it_gave_up() throws Exception {
    RecordingWriter writer = start(WriterOptions.defaults().withCloseWithin(Duration.ZERO));
    for (long seq = 1; seq <= 300; seq++) {
      writer.offer(units(seq, 5_000));
    }
    writer.close();

    Account account = writer.account();
    assertThat(account.queued()).isZero();
    assertThat(account.dropped()).containsOnlyKeys("disk");
    assertThat(account.offered()).isEqualTo(account.stored() + account.droppedTotal());
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.lastPosition()).isEqualTo(account.stored());
    }
  }
}
