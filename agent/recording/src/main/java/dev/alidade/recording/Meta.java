package dev.alidade.recording;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table of names and values, within the transaction of its connection. */
final class Meta {
  private final Connection connection;

  Meta(Connection connection) {
    this.connection = connection;
  }

  /** Empty when there is none. */
  String get(String key) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT substr(value, 1, 65536) FROM meta WHERE key = ?")) {
      query.setString(1, key);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "";
      }
    }
  }

  void put(String key, String value) throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement(
            """
            INSERT INTO meta (key, value) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET value = excluded.value""")) {
      put.setString(1, key);
      put.setString(2, value);
      put.executeUpdate();
    }
  }
}
