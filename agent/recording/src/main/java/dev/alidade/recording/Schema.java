package dev.alidade.recording;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;

/** Version 1 of the format: what a file must contain, exactly. Specified in the package. */
final class Schema {
  /** "ALID", so that file(1) and SQLite tools can tell a recording from another database. */
  static final int APPLICATION_ID = 0x414C4944;

  static final int VERSION = 1;

  static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
          """
          CREATE TABLE frame (id INTEGER PRIMARY KEY, worker INTEGER NOT NULL, \
          incarnation INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, \
          iteration INTEGER NOT NULL, time_millis INTEGER NOT NULL, crc32c INTEGER NOT NULL, \
          data BLOB NOT NULL, UNIQUE (worker, incarnation, kind, seq))""",
          "CREATE INDEX frame_kind_iteration ON frame (kind, iteration)",
          """
          CREATE TABLE gap (id INTEGER PRIMARY KEY, worker INTEGER NOT NULL, \
          incarnation INTEGER NOT NULL, kind INTEGER NOT NULL, from_seq INTEGER NOT NULL, \
          to_seq INTEGER NOT NULL, frames INTEGER NOT NULL, reason TEXT NOT NULL, \
          time_millis INTEGER NOT NULL)""",
          """
          CREATE TABLE upload (worker INTEGER NOT NULL, incarnation INTEGER NOT NULL, \
          kind INTEGER NOT NULL, seq INTEGER NOT NULL, \
          PRIMARY KEY (worker, incarnation, kind)) WITHOUT ROWID""");

  private Schema() {}

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
      statement.execute("PRAGMA application_id=" + APPLICATION_ID);
      statement.execute("PRAGMA user_version=" + VERSION);
    }
  }

  /** Refuses whatever is not a recording of this version; the file may come from a stranger. */
  static void check(Connection connection, Path file) throws SQLException, RecordingException {
    int application = number(connection, "PRAGMA application_id");
    if (application != APPLICATION_ID) {
      throw new RecordingException(
          file,
          "is not a recording: application id must be 0x%08X: 0x%08X"
              .formatted(APPLICATION_ID, application));
    }
    int version = number(connection, "PRAGMA user_version");
    if (version > VERSION) {
      throw new RecordingException(
          file, "recording is of version " + version + ", this Alidade reads up to " + VERSION);
    }
    if (version < 1) {
      throw new RecordingException(
          file, "is not a recording: version must be at least 1: " + version);
    }
    checkObjects(connection, file);
  }

  private static void checkObjects(Connection connection, Path file)
      throws SQLException, RecordingException {
    TreeMap<String, String> expected = new TreeMap<>();
    STATEMENTS.forEach(sql -> expected.put(nameIn(sql), sql));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT type, name, sql FROM sqlite_schema")) {
      while (rows.next()) {
        String name = String.valueOf(rows.getString(2));
        String sql = rows.getString(3);
        if (sql == null && name.startsWith("sqlite_autoindex_frame_")) {
          continue;
        }
        if (sql == null || !sql.equals(expected.remove(name))) {
          throw new RecordingException(
              file,
              "recording must have its own tables only: has %s '%s'"
                  .formatted(rows.getString(1), shorten(name)));
        }
      }
    }
    if (!expected.isEmpty()) {
      throw new RecordingException(
          file, "recording must have table '%s'".formatted(expected.firstKey()));
    }
  }

  private static String nameIn(String sql) {
    return sql.split(" ", 4)[2];
  }

  private static String shorten(String name) {
    return name.length() <= 40 ? name : name.substring(0, 40) + "…";
  }

  static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
