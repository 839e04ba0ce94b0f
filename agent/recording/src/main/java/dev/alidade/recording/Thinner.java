package dev.alidade.recording;

import dev.alidade.recording.Batch.Stream;
import dev.alidade.wire.proto.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps a recording under its size by taking out frames in between, within the transactions that
 * store new ones, so that the run never waits for a compaction.
 *
 * <p>A pass divides the seqs of each process into buckets of {@code stride}, a power of two, and
 * leaves one sample in each: one that has a picture, if any has. What remains is evenly spaced,
 * every kind of a sample stays or goes together, and a later pass with twice the stride leaves a
 * subset of it. Frames that came since the last pass are first thinned to its stride. The levels:
 *
 * <ol>
 *   <li>pictures, units, observations, layouts and features, except in what is {@link Keepsakes
 *       kept};
 *   <li>those too;
 *   <li>numbers, when they exceed the size by themselves.
 * </ol>
 *
 * <p>The first frame, the newest of every stream and the last of the log always stay: a server
 * acknowledges by the highest seq, and positions must not be used again. What was taken out becomes
 * one row of {@code gap} per stream, reason {@value #REASON}; descriptions, notes, gaps and ends
 * are never touched.
 */
final class Thinner implements AutoCloseable {
  static final String REASON = "thinned";

  /** The value in {@code meta}: the stride of each level. */
  static final String KEY = "thinning";

  /** Above this share of the size there is thinning. */
  static final double MARK = 0.80;

  private static final int CHUNK = 64;

  /** A pass takes out at least one in so many; else the next stride is tried. */
  private static final int WORTH = 8;

  /**
   * @param fewest streams of no more frames are left alone
   * @param spares whether what is kept is spared
   */
  private record Level(List<Integer> kinds, int fewest, boolean spares) {}

  private static final List<Level> LEVELS =
      List.of(
          new Level(Kinds.CACHE, 16, true),
          new Level(Kinds.CACHE, 16, false),
          new Level(List.of(Kind.KIND_NUMBERS_VALUE), 256, false));

  /** Frames of one stream that a pass takes out. */
  record Doomed(Stream stream, LongList ids, LongList seqs) {}

  private final Connection connection;
  private final Meta meta;
  private final long mark;
  private final long[] strides = new long[LEVELS.size()];
  private final Deque<Doomed> plan = new ArrayDeque<>();
  private final PreparedStatement delete;
  private final PreparedStatement widen;
  private final PreparedStatement begin;
  private int taken; // of the first of the plan
  private boolean exhausted;

  Thinner(Connection connection, Meta meta, long mostBytes) throws SQLException {
    this.connection = connection;
    this.meta = meta;
    mark = mostBytes == Long.MAX_VALUE ? Long.MAX_VALUE : (long) (mostBytes * MARK);
    readStrides();
    delete = connection.prepareStatement("DELETE FROM frame WHERE id = ?");
    widen =
        connection.prepareStatement(
            """
            UPDATE gap SET from_seq = min(from_seq, ?), to_seq = max(to_seq, ?),
              frames = frames + ?, time_millis = ?
            WHERE worker = ? AND incarnation = ? AND kind = ? AND reason = ?""");
    begin =
        connection.prepareStatement(
            """
            INSERT INTO gap (from_seq, to_seq, frames, time_millis, worker, incarnation, kind, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""");
  }

  private void readStrides() throws SQLException {
    String[] stored = meta.get(KEY).split(" ");
    for (int i = 0; i < strides.length; i++) {
      boolean known = i < stored.length && stored[i].matches("[0-9]{1,13}");
      strides[i] = known ? Math.max(1, Long.highestOneBit(Long.parseLong(stored[i]))) : 1;
    }
  }

  /** Whether what comes can be made room for. */
  boolean canRelieve() {
    return !exhausted;
  }

  /** Looks ahead in a file that is full already; nothing is taken out yet. */
  void look(long usedBytes) throws SQLException {
    if (usedBytes > mark) {
      nextPass();
    }
  }

  /** Ends a pass that has begun, so that what remains is evenly spaced. */
  void finish() throws SQLException {
    takeOut(Integer.MAX_VALUE);
  }

  /** What the recording uses of the file. */
  interface Used {
    long bytes() throws SQLException;
  }

  /** Makes room for what comes, if it can, and goes on with a pass that has begun. */
  void makeRoom(long comingBytes, Used used) throws SQLException {
    if (mark == Long.MAX_VALUE) {
      return;
    }
    boolean tight = used.bytes() + comingBytes > mark;
    if (!tight) {
      exhausted = false;
    }
    while (tight && !exhausted) {
      if (plan.isEmpty()) {
        nextPass();
      }
      takeOut(CHUNK);
      tight = used.bytes() + comingBytes > mark;
    }
    takeOut(CHUNK);
  }

  /** Chooses what goes next, at the gentlest level that has something. */
  private void nextPass() throws SQLException {
    for (int at = 0; at < strides.length; at++) {
      Level level = LEVELS.get(at);
      Pass pass = new Pass(connection, level.kinds(), level.fewest());
      if (level.spares()) {
        pass.spare(new Keepsakes(connection).ids(level.kinds(), meta.get(KeptWindows.KEY)));
      }
      strides[at] = choose(pass, strides[at]);
      if (!plan.isEmpty()) {
        meta.put(KEY, strides[0] + " " + strides[1] + " " + strides[2]);
        return;
      }
    }
    exhausted = true;
  }

  /** Fills the plan with a pass that is worth its reading of the index, if there is one. */
  private long choose(Pass pass, long least) {
    long best = least;
    long most = 0;
    for (long stride = least; most * WORTH < pass.frames(); stride *= 2) {
      List<Doomed> doomed = pass.doomed(stride);
      long frames = doomed.stream().mapToLong(each -> each.ids().size()).sum();
      if (frames > most) {
        most = frames;
        best = stride;
        plan.clear();
        plan.addAll(doomed);
      }
      if (stride > pass.longestSpan()) {
        break;
      }
    }
    return best;
  }

  private void takeOut(int most) throws SQLException {
    int left = most;
    while (left > 0 && !plan.isEmpty()) {
      Doomed doomed = plan.getFirst();
      int until = Math.min(doomed.ids().size(), taken + left);
      long lowest = Long.MAX_VALUE;
      long highest = 0;
      int frames = 0;
      for (int i = taken; i < until; i++) {
        delete.setLong(1, doomed.ids().get(i));
        frames += delete.executeUpdate();
        lowest = Math.min(lowest, doomed.seqs().get(i));
        highest = Math.max(highest, doomed.seqs().get(i));
      }
      if (frames > 0) {
        note(doomed.stream(), lowest, highest, frames);
      }
      left -= until - taken;
      taken = until;
      if (taken == doomed.ids().size()) {
        plan.removeFirst();
        taken = 0;
      }
    }
  }

  private void note(Stream stream, long fromSeq, long toSeq, int frames) throws SQLException {
    for (PreparedStatement statement : List.of(widen, begin)) {
      statement.setLong(1, fromSeq);
      statement.setLong(2, toSeq);
      statement.setLong(3, frames);
      statement.setLong(4, System.currentTimeMillis());
      statement.setInt(5, stream.worker());
      statement.setLong(6, stream.incarnation());
      statement.setInt(7, stream.kind());
      statement.setString(8, REASON);
      if (statement.executeUpdate() > 0) {
        return;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    delete.close();
    widen.close();
    begin.close();
  }

  static long number(Connection connection, String sql, long... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }
}
