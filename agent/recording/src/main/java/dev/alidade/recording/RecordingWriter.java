package dev.alidade.recording;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Kind;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the recording of one run, on a thread of its own.
 *
 * <pre>{@code
 * try (var writer = RecordingWriter.create(file, run, "mnist", WriterOptions.defaults())) {
 *   writer.onCommit(position -> wakeReaders());
 *   writer.offer(frame); // never waits for the disk
 * }
 * }</pre>
 *
 * <p>At all times {@code offered = stored + queued + the sum of dropped} ({@link #account()}), and
 * every dropped range becomes a row in the file. A frame counts as stored once its transaction is
 * committed: at most 64 frames or 50 milliseconds after it was offered, while the disk keeps up. A
 * frame that comes twice, by worker, incarnation, kind and seq, is stored once; the first one
 * stays.
 *
 * <p>When the disk is full or fails, the connection is closed and reopened, at first after 100 ms,
 * then more and more rarely up to 10 s, and the transaction is repeated: nothing queued is lost;
 * what no longer fits into the queue is dropped and counted.
 *
 * <p>All methods may be called from any thread. The thread is a daemon: a process that ends without
 * {@link #close()} loses what was offered in the last 50 ms, and the file stays readable.
 */
public final class RecordingWriter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RecordingWriter.class.getName());
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int FIRST_STORED_KIND = Kind.KIND_DESCRIPTION_VALUE;

  /** Opens the file again after a failure. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  /** Is told of each frame that will not be in the file. */
  public interface DropListener {
    /** Must return at once, throw nothing and not call the writer. */
    void dropped(Frame frame, String reason);
  }

  private final Path file;
  private final RunId run;
  private final WriterOptions options;
  private final Connector connector;
  private final FrameQueue queue;
  private final Thread thread;
  private final List<LongConsumer> commitListeners = new CopyOnWriteArrayList<>();
  private volatile long closingNanos;
  private volatile boolean closing;

  private RecordingWriter(Path file, RunId run, WriterOptions options, Log log, Connector connector)
      throws SQLException {
    this.file = file;
    this.run = run;
    this.options = options;
    this.connector = connector;
    queue = new FrameQueue(options, log.usedBytes(), log.canRelieve());
    thread = new Thread(() -> write(log), "alidade-recording");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Makes a new file.
   *
   * @param name of the run, as the user gave it: data, never a path
   * @throws RecordingException when the file exists or cannot be written
   */
  public static RecordingWriter create(Path file, RunId run, String name, WriterOptions options)
      throws RecordingException {
    if (Files.exists(file)) {
      throw new RecordingException(file, "recording must not exist yet");
    }
    try {
      Connection connection = Connections.create(file, options);
      try {
        connection.setAutoCommit(false);
        Schema.create(connection);
        describe(connection, run, name);
        connection.commit();
      } finally {
        connection.close();
      }
      return start(file, run, options, () -> Connections.reopen(file, options));
    } catch (SQLException e) {
      throw new RecordingException(file, "recording cannot be written: " + e.getMessage(), e);
    }
  }

  /** Continues a file: the same run, usually in a new incarnation. */
  public static RecordingWriter reopen(Path file, WriterOptions options) throws RecordingException {
    RunId run;
    try (RecordingReader reader = RecordingReader.open(file)) {
      run = reader.run();
    }
    try {
      return start(file, run, options, () -> Connections.reopen(file, options));
    } catch (SQLException e) {
      throw new RecordingException(file, "recording cannot be written: " + e.getMessage(), e);
    }
  }

  static RecordingWriter start(Path file, RunId run, WriterOptions options, Connector connector)
      throws SQLException {
    return new RecordingWriter(
        file, run, options, Log.open(connector.connect(), options.mostBytes()), connector);
  }

  private static void describe(Connection connection, RunId run, String name) throws SQLException {
    try (PreparedStatement meta =
        connection.prepareStatement("INSERT INTO meta (key, value) VALUES (?, ?)")) {
      String created = Long.toString(System.currentTimeMillis());
      for (String[] each :
          new String[][] {{"run", run.value()}, {"name", name}, {"created_millis", created}}) {
        meta.setString(1, each[0]);
        meta.setString(2, each[1]);
        meta.executeUpdate();
      }
    }
  }

  /**
   * Hands over one frame and returns at once.
   *
   * @return false when the frame was dropped, which is counted by reason
   * @throws IllegalArgumentException when the frame is of another run or of a kind that is
   *     conversation and never stored
   */
  public boolean offer(Frame frame) {
    if (!frame.origin().run().equals(run)) {
      throw new IllegalArgumentException(
          "frame must be of run " + run + ": " + frame.origin().run());
    }
    if (frame.kindNumber() < FIRST_STORED_KIND) {
      throw new IllegalArgumentException("frame must be of a stored kind: " + frame.kind());
    }
    return queue.offer(frame);
  }

  /**
   * Calls the listener on the writer's thread after each commit, with the position of the last
   * frame in the log. It must return quickly; what it throws is logged.
   */
  public void onCommit(LongConsumer listener) {
    commitListeners.add(listener);
  }

  /** Has one listener told of every frame that is dropped, on the thread that drops it. */
  public void onDrop(DropListener listener) {
    queue.onDrop(listener);
  }

  /**
   * Remembers that a server has stored this kind up to {@code seq}; written with the next batch.
   */
  public void acknowledge(Origin origin, Kind kind, long seq) {
    queue.acknowledge(
        new Batch.Stream(origin.worker(), origin.incarnation(), kind.getNumber()), seq);
  }

  /**
   * Has thinning spare every frame between two iterations, both included, for ever: what an alert
   * was about. Written with the next batch; may be asked for before or after they are recorded.
   */
  public void keep(long fromIteration, long toIteration) {
    queue.keep(new KeptWindow(fromIteration, toIteration));
  }

  /** What became of the frames so far. */
  public Account account() {
    return queue.account();
  }

  public RunId run() {
    return run;
  }

  public Path file() {
    return file;
  }

  /**
   * Waits until everything offered and acknowledged before is committed.
   *
   * @return false when it is not: the limit passed, the thread was interrupted, or it was dropped
   */
  public boolean flush(Duration limit) {
    try {
      return queue.flush(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Stores what is queued, unless the disk refuses for {@link WriterOptions#closeWithin()}, and
   * leaves one self-contained file. Later offers are dropped and counted.
   */
  @Override
  public void close() {
    if (!closing) {
      closingNanos = System.nanoTime();
      closing = true;
    }
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Log first) {
    Log log = first;
    try {
      for (Batch batch = next(); !batch.isEmpty(); batch = next()) {
        log = store(batch, log);
        if (log == null) {
          return;
        }
      }
      seal(log);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, file + ": recording stops", e);
      queue.close();
    } finally {
      close(log);
      queue.abandon();
    }
  }

  /** Repeats until it is in the file; null when that took too long at the end. */
  private @Nullable Log store(Batch batch, @Nullable Log open) {
    Log log = open;
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      try {
        if (log == null) {
          log = Log.open(connector.connect(), options.mostBytes());
        }
        Log.Commit commit = log.store(batch);
        queue.committed(batch, commit);
        announce(commit.position());
        return log;
      } catch (SQLException e) {
        // A connection that has met a full disk stays broken after space is freed.
        close(log);
        log = null;
        report(e);
        if (closing && System.nanoTime() - closingNanos > options.closeWithin().toNanos()) {
          return null;
        }
        backOff(closing ? FIRST_PAUSE_NANOS : pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
      }
    }
  }

  private Batch next() {
    while (true) {
      try {
        return queue.next();
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread; it ends through close().
      }
    }
  }

  private void backOff(long nanos) {
    try {
      queue.backOff(nanos);
    } catch (InterruptedException e) {
      // The next attempt comes a little earlier.
    }
  }

  private void announce(long position) {
    for (LongConsumer each : commitListeners) {
      try {
        each.accept(position);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, file + ": a commit listener failed", e);
      }
    }
  }

  private void report(SQLException e) {
    boolean isFirst = queue.account().failure().isEmpty();
    queue.failed(String.valueOf(e.getMessage()));
    LOG.log(
        isFirst ? Level.WARNING : Level.DEBUG,
        "{0}: storing failed and is repeated: {1}",
        file,
        e.getMessage());
  }

  private void seal(Log log) {
    try {
      log.seal();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "{0}: still open elsewhere: {1}", file, e.getMessage());
    }
  }

  private void close(@Nullable Log log) {
    try {
      if (log != null) {
        log.close();
      }
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "{0}: closing failed: {1}", file, e.getMessage());
    }
  }
}
