package dev.alidade.recording;

import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads rows, and believes no frame before its size, checksum and columns have been checked. */
final class Query {
  private static final String FRAMES =
      "SELECT id, worker, incarnation, seq, kind, iteration, crc32c, length(data), "
          + "CASE WHEN typeof(data) = 'blob' AND length(data) <= "
          + Frame.MOST_BYTES
          + " THEN data END FROM frame ";

  private final Path file;
  private final RunId run;
  private final Connection connection;

  Query(Path file, RunId run, Connection connection) {
    this.file = file;
    this.run = run;
    this.connection = connection;
  }

  /** Makes a value of the current row. */
  interface Row<T> {
    T read(ResultSet rows) throws SQLException;
  }

  <T> List<T> rows(String sql, Row<T> row, long... parameters) throws RecordingException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row.read(rows));
      }
      return all;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  List<Long> numbers(String sql, long... parameters) throws RecordingException {
    return rows(sql, rows -> rows.getLong(1), parameters);
  }

  /** The first column of the first row; 0 when there is none. */
  long number(String sql, long... parameters) throws RecordingException {
    List<Long> one = numbers(sql, parameters);
    return one.isEmpty() ? 0 : one.get(0);
  }

  Optional<StoredFrame> only(String where, long... parameters) throws RecordingException {
    return frames(where, Long.MAX_VALUE, parameters).stream().findFirst();
  }

  /** At least one frame, if there is any, and no more than {@code mostBytes} otherwise. */
  List<StoredFrame> frames(String where, long mostBytes, long... parameters)
      throws RecordingException {
    try (PreparedStatement statement = prepare(FRAMES + where, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<StoredFrame> found = new ArrayList<>();
      long bytes = 0;
      while (rows.next()) {
        bytes += rows.getLong(8);
        if (bytes > mostBytes && !found.isEmpty()) {
          break;
        }
        found.add(frame(rows));
      }
      return found;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private PreparedStatement prepare(String sql, long... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setLong(i + 1, parameters[i]);
    }
    return statement;
  }

  private StoredFrame frame(ResultSet rows) throws SQLException, RecordingException {
    long position = rows.getLong(1);
    byte[] data = rows.getBytes(9);
    if (data == null) {
      throw damaged(
          position, "must be a blob of at most " + Frame.MOST_BYTES + " bytes: " + rows.getLong(8));
    }
    CRC32C crc = new CRC32C();
    crc.update(data);
    if (crc.getValue() != rows.getLong(7)) {
      throw damaged(
          position, "must have CRC-32C %08x: %08x".formatted(rows.getLong(7), crc.getValue()));
    }
    try {
      Frame frame = Frame.parse(data);
      checkColumns(rows, position, frame);
      return new StoredFrame(position, frame);
    } catch (MalformedFrameException e) {
      throw damaged(position, "is malformed: " + e.getMessage());
    }
  }

  private void checkColumns(ResultSet rows, long position, Frame frame)
      throws SQLException, RecordingException {
    Origin origin = frame.origin();
    if (!origin.run().equals(run)) {
      throw damaged(position, "must be of run " + run + ": " + origin.run());
    }
    if (origin.worker() != rows.getLong(2)
        || origin.incarnation() != rows.getLong(3)
        || frame.seq() != rows.getLong(4)
        || frame.kindNumber() != rows.getLong(5)
        || frame.iteration() != rows.getLong(6)) {
      throw damaged(position, "must agree with its columns: " + frame);
    }
  }

  private RecordingException damaged(long position, String problem) {
    return new RecordingException(file, "frame at position " + position + " " + problem);
  }

  private RecordingException unreadable(SQLException e) {
    return new RecordingException(file, "cannot be read: " + e.getMessage(), e);
  }
}
