package dev.alidade.recording;

import dev.alidade.recording.Batch.Stream;
import dev.alidade.recording.Thinner.Doomed;
import dev.alidade.wire.proto.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which frames of some kinds a pass of the {@link Thinner} takes out; reads the index only. */
final class Pass {
  private record Source(int worker, long incarnation) {}

  private record Bucket(Source source, long number) {}

  private final int fewest;
  private final long lastId;
  private final Map<Stream, LongList> ids = new LinkedHashMap<>();
  private final Map<Stream, LongList> seqs = new HashMap<>();
  private Set<Long> spared = Set.of();

  Pass(Connection connection, List<Integer> kinds, int fewest) throws SQLException {
    this.fewest = fewest;
    lastId = Thinner.number(connection, "SELECT max(id) FROM frame");
    for (int kind : kinds) {
      read(connection, kind);
    }
  }

  private void read(Connection connection, int kind) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT worker, incarnation, seq, id FROM frame INDEXED BY sqlite_autoindex_frame_1
            WHERE kind = ? ORDER BY worker, incarnation, kind, seq""")) {
      query.setInt(1, kind);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Stream stream = new Stream(rows.getInt(1), rows.getLong(2), kind);
          seqs.computeIfAbsent(stream, none -> new LongList()).add(rows.getLong(3));
          ids.computeIfAbsent(stream, none -> new LongList()).add(rows.getLong(4));
        }
      }
    }
  }

  void spare(Set<Long> kept) {
    spared = kept;
  }

  /** How many may go at all. */
  long frames() {
    long frames = 0;
    for (LongList each : ids.values()) {
      frames += each.size();
    }
    return frames - spared.size();
  }

  /** A stride above this leaves nothing to a longer one. */
  long longestSpan() {
    long longest = 1;
    for (LongList each : seqs.values()) {
      longest = Math.max(longest, each.get(each.size() - 1));
    }
    return longest;
  }

  /** What goes at this stride, by stream; empty when that is nothing. */
  List<Doomed> doomed(long stride) {
    Map<Bucket, Long> chosen = samples(stride);
    List<Doomed> all = new ArrayList<>();
    ids.forEach(
        (stream, each) -> {
          Doomed doomed = doomed(stream, each, seqs.getOrDefault(stream, each), chosen, stride);
          if (doomed.ids().size() > 0 && each.size() > fewest) {
            all.add(doomed);
          }
        });
    return all;
  }

  /** The sample that stays in each bucket: the first that has a picture. */
  private Map<Bucket, Long> samples(long stride) {
    Map<Bucket, Long> chosen = new HashMap<>();
    seqs.forEach(
        (stream, each) -> {
          if (stream.kind() == Kind.KIND_PICTURE_VALUE) {
            for (int i = 0; i < each.size(); i++) {
              chosen.putIfAbsent(bucket(stream, each.get(i), stride), each.get(i));
            }
          }
        });
    return chosen;
  }

  private static Bucket bucket(Stream stream, long seq, long stride) {
    return new Bucket(new Source(stream.worker(), stream.incarnation()), seq / stride);
  }

  private Doomed doomed(
      Stream stream, LongList id, LongList seq, Map<Bucket, Long> chosen, long stride) {
    Doomed doomed = new Doomed(stream, new LongList(), new LongList());
    int newest = id.size() - 1;
    for (int start = 0; start <= newest; ) {
      Bucket bucket = bucket(stream, seq.get(start), stride);
      int end = start;
      int stays = start;
      long wanted = chosen.getOrDefault(bucket, seq.get(start));
      for (; end <= newest && seq.get(end) / stride == bucket.number(); end++) {
        stays = seq.get(end) == wanted ? end : stays;
      }
      for (int i = start; i < end; i++) {
        if (i != stays && i != newest && id.get(i) != lastId && !spared.contains(id.get(i))) {
          doomed.ids().add(id.get(i));
          doomed.seqs().add(seq.get(i));
        }
      }
      start = end;
    }
    return doomed;
  }
}
