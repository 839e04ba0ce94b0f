package dev.alidade.recording;

import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the recording of one run, also while it is written, and also when it comes from a stranger.
 *
 * <pre>{@code
 * try (var reader = RecordingReader.open(file)) {
 *   for (StoredFrame each : reader.after(0, 1000, 16 << 20)) {
 *     show(each.frame());
 *   }
 * }
 * }</pre>
 *
 * <p>The connection is read-only and every call is one short transaction, so that no reader makes
 * the write-ahead log grow. Sizes are checked before anything is read, checksums before anything is
 * returned. A reader belongs to one thread at a time.
 */
public final class RecordingReader implements AutoCloseable {
  /** Stands for a worker where frames of all of them are meant. */
  public static final int EVERY_WORKER = -1;

  /** Most bytes of frames that {@link #range} returns unless told otherwise. */
  public static final long MOST_RANGE_BYTES = 256L << 20;

  private final Path file;
  private final Connection connection;
  private final Map<String, String> meta;
  private final RunId run;
  private final Query query;

  private RecordingReader(Path file, Connection connection)
      throws SQLException, RecordingException {
    this.file = file;
    this.connection = connection;
    Schema.check(connection, file);
    meta = readMeta();
    String id = meta.getOrDefault("run", "");
    if (!RunId.isValid(id)) {
      throw new RecordingException(file, "is not a recording: meta must have a valid run id");
    }
    run = new RunId(id);
    query = new Query(file, run, connection);
  }

  /**
   * Opens a file and checks that it is a recording of a version this code reads, with the tables of
   * a recording and nothing else: no triggers, no views.
   *
   * @throws RecordingException when it is not: one line with file, rule and value
   */
  public static RecordingReader open(Path file) throws RecordingException {
    if (!Files.isRegularFile(file)) {
      throw new RecordingException(file, "recording must be a file that exists");
    }
    try {
      Connection connection = Connections.reading(file);
      try {
        return new RecordingReader(file, connection);
      } catch (SQLException | RecordingException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new RecordingException(file, "is not a readable recording: " + e.getMessage(), e);
    }
  }

  public Path file() {
    return file;
  }

  public RunId run() {
    return run;
  }

  /** The name that the user gave the run; data, never a path. */
  public String name() {
    return meta.getOrDefault("name", "");
  }

  /** All of the table {@code meta}. */
  public Map<String, String> meta() {
    return meta;
  }

  private Map<String, String> readMeta() throws SQLException {
    Map<String, String> all = new TreeMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT key, substr(value, 1, 65536) FROM meta ORDER BY key LIMIT 1000");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.put(String.valueOf(rows.getString(1)), String.valueOf(rows.getString(2)));
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** What thinning spares because somebody asked for it, by iteration. */
  public List<KeptWindow> kept() {
    return KeptWindows.parse(meta.getOrDefault(KeptWindows.KEY, "")).windows();
  }

  /** Frames with a position greater than {@code position}, in log order; at least one if any. */
  public List<StoredFrame> after(long position, int mostFrames, long mostBytes)
      throws RecordingException {
    return query.frames(
        "WHERE id > ? ORDER BY id LIMIT ?", mostBytes, position, atLeastOne(mostFrames));
  }

  /** As above, of one kind. */
  public List<StoredFrame> after(long position, Kind kind, int mostFrames, long mostBytes)
      throws RecordingException {
    // The plus keeps the planner on the order of the log; by the index it would sort blobs.
    return query.frames(
        "WHERE id > ? AND +kind = ? ORDER BY id LIMIT ?",
        mostBytes,
        position,
        kind.getNumber(),
        atLeastOne(mostFrames));
  }

  /** The frame of a sample: one kind from one process with one seq. */
  public Optional<StoredFrame> find(Origin origin, Kind kind, long seq) throws RecordingException {
    return query.only(
        "WHERE worker = ? AND incarnation = ? AND kind = ? AND seq = ?",
        origin.worker(),
        origin.incarnation(),
        kind.getNumber(),
        seq);
  }

  /** The position of the last frame; 0 when there is none. */
  public long lastPosition() throws RecordingException {
    return query.number("SELECT max(id) FROM frame");
  }

  /** The frame at a position. */
  public Optional<StoredFrame> at(long position) throws RecordingException {
    return query.only("WHERE id = ?", position);
  }

  /** The newest frame of a kind in log order. */
  public Optional<StoredFrame> last(Kind kind) throws RecordingException {
    return query.only("WHERE id = (SELECT max(id) FROM frame WHERE kind = ?)", kind.getNumber());
  }

  /**
   * The frame of a kind at an iteration or the last before it: what was to be seen at that moment.
   * Of several at one iteration, the one stored last; of iterations that a resumed training went
   * through again, only what it recorded the last time.
   */
  public Optional<StoredFrame> latest(Kind kind, long atOrBeforeIteration)
      throws RecordingException {
    return latest(kind, EVERY_WORKER, atOrBeforeIteration);
  }

  /** As above, of one worker only, or of {@link #EVERY_WORKER}. */
  public Optional<StoredFrame> latest(Kind kind, int worker, long atOrBeforeIteration)
      throws RecordingException {
    return query.only(
        "WHERE kind = ? AND iteration <= ? AND (? < 0 OR worker = ?)"
            + Timeline.of(query).condition()
            + " ORDER BY iteration DESC, id DESC LIMIT 1",
        kind.getNumber(),
        atOrBeforeIteration,
        worker,
        worker);
  }

  /** As below, with at most {@link #MOST_RANGE_BYTES}. */
  public List<StoredFrame> range(Kind kind, long fromIteration, long toIteration, int mostFrames)
      throws RecordingException {
    return range(kind, fromIteration, toIteration, mostFrames, MOST_RANGE_BYTES);
  }

  /**
   * Frames of a kind between two iterations, both included, by iteration. When there are more than
   * asked for, they are evenly spaced, first and last included; when those are too many bytes,
   * evenly fewer. Of iterations that a resumed training went through again, only what it recorded
   * the last time.
   */
  public List<StoredFrame> range(
      Kind kind, long fromIteration, long toIteration, int mostFrames, long mostBytes)
      throws RecordingException {
    return range(kind, EVERY_WORKER, fromIteration, toIteration, mostFrames, mostBytes);
  }

  /** As above, of one worker only, or of {@link #EVERY_WORKER}. */
  public List<StoredFrame> range(
      Kind kind, int worker, long fromIteration, long toIteration, int mostFrames, long mostBytes)
      throws RecordingException {
    List<Long> positions = positions(kind, worker, fromIteration, toIteration);
    List<Long> chosen = spaced(positions, atLeastOne(mostFrames));
    while (chosen.size() > 1 && bytes(chosen) > mostBytes) {
      chosen = spaced(positions, chosen.size() / 2);
    }
    List<StoredFrame> found = new ArrayList<>(chosen.size());
    for (long position : chosen) {
      at(position).ifPresent(found::add);
    }
    return found;
  }

  /**
   * Where the frames are that {@link #range} would choose from, by iteration: for who reads them
   * one by one with {@link #at}.
   */
  public List<Long> positions(Kind kind, int worker, long fromIteration, long toIteration)
      throws RecordingException {
    return query.numbers(
        "SELECT id FROM frame WHERE kind = ? AND iteration BETWEEN ? AND ?"
            + " AND (? < 0 OR worker = ?)"
            + Timeline.of(query).condition()
            + " ORDER BY iteration, id",
        kind.getNumber(),
        fromIteration,
        toIteration,
        worker,
        worker);
  }

  static List<Long> spaced(List<Long> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    if (most == 1) {
      return List.of(all.get(all.size() - 1));
    }
    List<Long> chosen = new ArrayList<>(most);
    for (long i = 0; i < most; i++) {
      chosen.add(all.get((int) (i * (all.size() - 1) / (most - 1))));
    }
    return chosen;
  }

  private long bytes(List<Long> positions) throws RecordingException {
    long sum = 0;
    for (long position : positions) {
      sum += query.number("SELECT length(data) FROM frame WHERE id = ?", position);
    }
    return sum;
  }

  /** How many frames of a kind there are. */
  public long count(Kind kind) throws RecordingException {
    return query.number("SELECT count(*) FROM frame WHERE kind = ?", kind.getNumber());
  }

  /** Every process that has written frames, by worker and time. */
  public List<Origin> origins() throws RecordingException {
    return query.rows(
        "SELECT DISTINCT worker, incarnation FROM frame ORDER BY worker, incarnation LIMIT 10000",
        rows -> new Origin(run, Math.max(0, rows.getInt(1)), rows.getLong(2)));
  }

  /** The highest seq of each kind that is in the file; absent means none. */
  public Map<Kind, Long> stored(Origin origin) throws RecordingException {
    Map<Kind, Long> highest = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      if (kind != Kind.UNRECOGNIZED) {
        long seq =
            query.number(
                "SELECT max(seq) FROM frame WHERE worker = ? AND incarnation = ? AND kind = ?",
                origin.worker(),
                origin.incarnation(),
                kind.getNumber());
        if (seq > 0) {
          highest.put(kind, seq);
        }
      }
    }
    return highest;
  }

  /** The highest seq of each kind that a server has acknowledged; absent means none. */
  public Map<Kind, Long> acknowledged(Origin origin) throws RecordingException {
    Map<Kind, Long> highest = new EnumMap<>(Kind.class);
    List<long[]> rows =
        query.rows(
            "SELECT kind, seq FROM upload WHERE worker = ? AND incarnation = ?",
            row -> new long[] {row.getLong(1), row.getLong(2)},
            origin.worker(),
            origin.incarnation());
    for (long[] row : rows) {
      Kind kind = Kind.forNumber((int) row[0]);
      if (kind != null) {
        highest.put(kind, row[1]);
      }
    }
    return highest;
  }

  /**
   * Frames of one process that no server has acknowledged, with a position greater than {@code
   * after}, in log order; at least one if there is any. Continue after the last position returned.
   */
  public List<StoredFrame> unacknowledged(Origin origin, long after, int mostFrames, long mostBytes)
      throws RecordingException {
    // The plus keeps the planner on the order of the log; by the unique index it would sort blobs.
    return query.frames(
        """
        WHERE id > ? AND +worker = ? AND +incarnation = ? AND seq > coalesce(
          (SELECT u.seq FROM upload u WHERE u.worker = frame.worker
             AND u.incarnation = frame.incarnation AND u.kind = frame.kind), 0)
        ORDER BY id LIMIT ?""",
        mostBytes,
        after,
        origin.worker(),
        origin.incarnation(),
        atLeastOne(mostFrames));
  }

  /** What is in the file, by kind; reads the head of every row. */
  public List<KindContents> contents() throws RecordingException {
    return query.rows(
        """
        SELECT kind, count(*), sum(length(data)), min(iteration), max(iteration)
        FROM frame GROUP BY kind ORDER BY kind LIMIT 1000""",
        rows ->
            new KindContents(
                rows.getInt(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5)));
  }

  /**
   * Checks the whole file: SQLite's own structures, then size, checksum and columns of every frame.
   *
   * @return one line per problem, at most 100; empty when the file is sound
   */
  public List<String> verify() throws RecordingException {
    return new Verification(query).problems();
  }

  /**
   * What is not there though nothing says why: holes in the seq of descriptions, numbers, gaps,
   * notes and ends that neither a gap frame nor the table of gaps explains.
   *
   * @return one line per kind and process that has holes
   */
  public List<String> missing() throws RecordingException {
    return new Verification(query).missing();
  }

  /** How many of the frames that a gap speaks of are there all the same. */
  long count(StoredGap gap) throws RecordingException {
    return query.number(
        """
        SELECT count(*) FROM frame
        WHERE worker = ? AND incarnation = ? AND kind = ? AND seq BETWEEN ? AND ?""",
        gap.worker(),
        gap.incarnation(),
        gap.kind(),
        gap.fromSeq(),
        gap.toSeq());
  }

  /** What the writer had to drop, in order; at most the first 10,000 entries. */
  public List<StoredGap> gaps() throws RecordingException {
    return query.rows(
        """
        SELECT worker, incarnation, kind, from_seq, to_seq, frames, substr(reason, 1, 100),
          time_millis FROM gap ORDER BY id LIMIT 10000""",
        rows ->
            new StoredGap(
                rows.getInt(1),
                rows.getLong(2),
                rows.getInt(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                String.valueOf(rows.getString(7)),
                rows.getLong(8)));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(file + ": closing failed: " + e.getMessage(), e);
    }
  }

  private static int atLeastOne(int mostFrames) {
    if (mostFrames < 1) {
      throw new IllegalArgumentException("mostFrames must be at least 1: " + mostFrames);
    }
    return mostFrames;
  }
}
