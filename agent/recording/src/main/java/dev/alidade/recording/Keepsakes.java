package dev.alidade.recording;

import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Note;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What thinning spares: the windows that were asked for, and the nearest frames on either side of
 * the newest notes and alerts. Remarks of the governor are about the agent, not about the training:
 * they keep nothing.
 */
final class Keepsakes {
  private static final int MOST_NOTES = 200;
  private static final int BESIDE_A_NOTE = 8;

  private final Connection connection;

  Keepsakes(Connection connection) {
    this.connection = connection;
  }

  /** The ids of these kinds. */
  Set<Long> ids(List<Integer> kinds, String windows) throws SQLException {
    Set<Long> kept = new HashSet<>();
    List<Long> notes = notes().stream().toList();
    for (int kind : kinds) {
      for (KeptWindow each : KeptWindows.parse(windows).windows()) {
        add(
            kept,
            "SELECT id FROM frame WHERE kind = ? AND iteration BETWEEN ? AND ?",
            kind,
            each.fromIteration(),
            each.toIteration());
      }
      for (long iteration : notes) {
        add(
            kept,
            "SELECT id FROM frame WHERE kind = ? AND iteration <= ?"
                + " ORDER BY iteration DESC, id DESC LIMIT ?",
            kind,
            iteration,
            BESIDE_A_NOTE);
        add(
            kept,
            "SELECT id FROM frame WHERE kind = ? AND iteration > ?"
                + " ORDER BY iteration, id LIMIT ?",
            kind,
            iteration,
            BESIDE_A_NOTE);
      }
    }
    return kept;
  }

  private Set<Long> notes() throws SQLException {
    Set<Long> iterations = new HashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT iteration, data FROM frame WHERE kind IN (?, ?)
            ORDER BY iteration DESC LIMIT 2000""")) {
      query.setInt(1, Kind.KIND_NOTE_VALUE);
      query.setInt(2, Kind.KIND_ALERT_VALUE);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next() && iterations.size() < MOST_NOTES) {
          if (isAboutTheTraining(rows.getBytes(2))) {
            iterations.add(rows.getLong(1));
          }
        }
      }
    }
    return iterations;
  }

  private static boolean isAboutTheTraining(byte[] data) {
    try {
      Frame frame = Frame.parse(data);
      return frame.kind() == Kind.KIND_ALERT
          || !frame.payload(Note.parser()).getSource().equals("governor");
    } catch (MalformedFrameException e) {
      return false;
    }
  }

  private void add(Set<Long> ids, String sql, long... parameters) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setLong(i + 1, parameters[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
  }
}
