package dev.alidade.recording;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.CRC32C;

/** The writing connection and its statements. After a failure it is of no use: close it. */
final class Log implements AutoCloseable {
  /** What a transaction did. */
  record Commit(long position, int resent, long usedBytes, boolean canRelieve) {}

  private static final int PAGES_GIVEN_BACK = 256;
  private static final long MOST_UNFOLDED_BYTES = 64 << 20;

  private final Connection connection;
  private final long mostBytes;
  private final long pageBytes;
  private final Meta meta;
  private final Thinner thinner;
  private final PreparedStatement frame;
  private final PreparedStatement gap;
  private final PreparedStatement upload;
  private long bytesSinceFolded;
  private final CRC32C crc = new CRC32C();

  static Log open(Connection connection, long mostBytes) throws SQLException {
    try {
      return new Log(connection, mostBytes);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private Log(Connection connection, long mostBytes) throws SQLException {
    this.connection = connection;
    this.mostBytes = mostBytes;
    connection.setAutoCommit(false);
    meta = new Meta(connection);
    thinner = new Thinner(connection, meta, mostBytes);
    pageBytes = number("PRAGMA page_size");
    thinner.look(usedBytes());
    frame =
        connection.prepareStatement(
            """
            INSERT INTO frame (worker, incarnation, seq, kind, iteration, time_millis, crc32c, data)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""");
    gap =
        connection.prepareStatement(
            """
            INSERT INTO gap (worker, incarnation, kind, from_seq, to_seq, frames, reason, time_millis)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""");
    upload =
        connection.prepareStatement(
            """
            INSERT INTO upload (worker, incarnation, kind, seq) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)""");
  }

  Commit store(Batch batch) throws SQLException {
    keep(batch.windows());
    thinner.makeRoom(batch.bytes(), this::usedBytes);
    int resent = 0;
    for (Frame each : batch.frames()) {
      resent += 1 - insert(each);
    }
    for (StoredGap each : batch.gaps()) {
      insert(each);
    }
    for (var each : batch.uploads().entrySet()) {
      insert(each.getKey(), each.getValue());
    }
    connection.commit();
    giveBack();
    foldIn(batch.bytes());
    return new Commit(position(), resent, usedBytes(), thinner.canRelieve());
  }

  private void keep(List<KeptWindow> added) throws SQLException {
    if (!added.isEmpty()) {
      KeptWindows windows = KeptWindows.parse(meta.get(KeptWindows.KEY));
      for (KeptWindow each : added) {
        windows = windows.with(each);
      }
      meta.put(KeptWindows.KEY, windows.toString());
    }
  }

  /**
   * Has the write-ahead log begin anew after so many bytes. SQLite's own checkpoints let readers
   * keep it growing as long as one of them is always reading; this one waits for them, shortly.
   */
  private void foldIn(long bytes) throws SQLException {
    bytesSinceFolded += bytes;
    if (bytesSinceFolded < MOST_UNFOLDED_BYTES) {
      return;
    }
    bytesSinceFolded = 0;
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=250");
      statement.execute("PRAGMA wal_checkpoint(RESTART)");
      statement.execute("PRAGMA busy_timeout=5000");
    } finally {
      connection.setAutoCommit(false);
    }
  }

  /**
   * Shortens a file that is longer than it may be, a little at each commit. Free pages within the
   * size are left for the frames to come: to move pages costs more than to fill them again.
   */
  private void giveBack() throws SQLException {
    if (mostBytes != Long.MAX_VALUE
        && number("PRAGMA page_count") * pageBytes > mostBytes
        && number("PRAGMA freelist_count") > 0) {
      try (Statement statement = connection.createStatement()) {
        // It moves one page a step: the driver's executeUpdate takes every step, execute but one.
        statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES_GIVEN_BACK + ")");
      }
      connection.commit();
    }
  }

  private int insert(Frame each) throws SQLException {
    crc.reset();
    crc.update(each.bytes());
    Origin origin = each.origin();
    frame.setInt(1, origin.worker());
    frame.setLong(2, origin.incarnation());
    frame.setLong(3, each.seq());
    frame.setInt(4, each.kindNumber());
    frame.setLong(5, each.iteration());
    frame.setLong(6, each.timeMillis());
    frame.setLong(7, crc.getValue());
    frame.setBytes(8, each.bytes());
    return frame.executeUpdate();
  }

  private void insert(StoredGap each) throws SQLException {
    gap.setInt(1, each.worker());
    gap.setLong(2, each.incarnation());
    gap.setInt(3, each.kind());
    gap.setLong(4, each.fromSeq());
    gap.setLong(5, each.toSeq());
    gap.setLong(6, each.frames());
    gap.setString(7, each.reason());
    gap.setLong(8, each.timeMillis());
    gap.executeUpdate();
  }

  private void insert(Batch.Stream stream, long seq) throws SQLException {
    upload.setInt(1, stream.worker());
    upload.setLong(2, stream.incarnation());
    upload.setInt(3, stream.kind());
    upload.setLong(4, seq);
    upload.executeUpdate();
  }

  private long position() throws SQLException {
    return number("SELECT max(id) FROM frame");
  }

  /** Whether what comes can be made room for by thinning. */
  boolean canRelieve() {
    return thinner.canRelieve();
  }

  /** The file without its free pages. */
  long usedBytes() throws SQLException {
    return (number("PRAGMA page_count") - number("PRAGMA freelist_count")) * pageBytes;
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /**
   * Moves everything into the one file and leaves no other beside it. Does nothing, without harm,
   * when a reader has the file open: the last one to close it then moves the rows.
   */
  void seal() throws SQLException {
    thinner.finish();
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      statement.execute("PRAGMA busy_timeout=200");
      statement.execute("PRAGMA journal_mode=DELETE");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
