package dev.alidade.recording;

import java.util.ArrayList;
import java.util.List;

/**
 * The one timeline that the incarnations of a run make. A training that is resumed from an earlier
 * checkpoint goes through some iterations again: from its first iteration on it replaces what
 * earlier incarnations of the same worker recorded there. The log still has everything.
 */
final class Timeline {
  private static final int MOST_PROCESSES = 10_000;

  /** What an incarnation recorded from an iteration on is not part of the timeline. */
  private record Replaced(int worker, long incarnation, long fromIteration) {}

  private record Begun(int worker, long incarnation, long firstIteration) {}

  private final List<Replaced> replaced;

  private Timeline(List<Replaced> replaced) {
    this.replaced = replaced;
  }

  /** A few look-ups in the index for each process. */
  static Timeline of(Query query) throws RecordingException {
    List<Begun> begun = new ArrayList<>();
    List<Begun> next = List.of(new Begun(-1, 0, 0));
    while (!next.isEmpty() && begun.size() < MOST_PROCESSES) {
      Begun last = next.get(0);
      next =
          query.rows(
              """
              SELECT worker, incarnation, (SELECT f.iteration FROM frame f
                WHERE f.worker = frame.worker AND f.incarnation = frame.incarnation
                  AND f.kind = 17 ORDER BY f.seq LIMIT 1)
              FROM frame WHERE (worker, incarnation) > (?, ?)
              ORDER BY worker, incarnation LIMIT 1""",
              rows -> {
                long first = rows.getLong(3);
                // Asked at once, for it tells of the column read last.
                boolean none = rows.wasNull();
                return new Begun(rows.getInt(1), rows.getLong(2), none ? Long.MAX_VALUE : first);
              },
              last.worker(),
              last.incarnation());
      begun.addAll(next);
    }
    return new Timeline(replaced(begun));
  }

  private static List<Replaced> replaced(List<Begun> sorted) {
    List<Replaced> replaced = new ArrayList<>();
    long earliest = Long.MAX_VALUE;
    for (int i = sorted.size() - 1; i > 0; i--) {
      Begun later = sorted.get(i);
      Begun earlier = sorted.get(i - 1);
      earliest = Math.min(earliest, later.firstIteration());
      if (earlier.worker() != later.worker()) {
        earliest = Long.MAX_VALUE;
      } else if (earliest < Long.MAX_VALUE) {
        replaced.add(new Replaced(earlier.worker(), earlier.incarnation(), earliest));
      }
    }
    return replaced;
  }

  /** A condition on frames; empty when every frame is part of it. */
  String condition() {
    StringBuilder sql = new StringBuilder();
    for (Replaced each : replaced) {
      sql.append(" AND NOT (+worker = ").append(each.worker());
      sql.append(" AND +incarnation = ").append(each.incarnation());
      sql.append(" AND +iteration >= ").append(each.fromIteration()).append(')');
    }
    return sql.toString();
  }
}
