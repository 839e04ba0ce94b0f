package dev.alidade.server.store;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.WriterOptions;
import dev.alidade.wire.RunId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All runs: those in the folder and, of them, those that are open. Its methods are for the event
 * loop and never block it: disks are touched on a pool of {@value #THREADS} threads whose queue is
 * bounded.
 */
public final class Runs {
  private static final int THREADS = 3;
  private static final int MOST_WAITING = 128;

  /** What to do with a reader, on a thread of the pool. */
  public interface Read<T> {
    T from(RecordingReader reader) throws Exception;
  }

  private final RunFiles files;
  private final Context loop;
  private final RunObserver observer;
  private final RunJudge judge;
  private final long mostRunBytes;
  private final long liveForMillis;
  private final Map<RunId, Future<RunLog>> open = new HashMap<>();
  private final Map<RunId, Future<?>> closing = new HashMap<>();
  private final ThreadPoolExecutor pool;

  /** Makes the folder when it is absent. */
  public Runs(
      Path folder,
      Context loop,
      RunObserver observer,
      RunJudge judge,
      long mostRunBytes,
      long liveForMillis)
      throws IOException {
    files = new RunFiles(folder);
    this.loop = loop;
    this.observer = observer;
    this.judge = judge;
    this.mostRunBytes = mostRunBytes;
    this.liveForMillis = liveForMillis;
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread made = new Thread(task, "alidade-read");
              made.setDaemon(true);
              return made;
            });
  }

  /** The run's log, ready to be written; a run that is new gets a file. */
  public Future<RunLog> forAgent(RunId run, String name) {
    if (files.isElsewhere(run)) {
      return Future.failedFuture(
          new RunConflictException("run " + run + " is only shown here: it lies elsewhere"));
    }
    return opened(run, name)
        .compose(
            log ->
                call(
                    () -> {
                      log.startWriter(mostRunBytes);
                      return log;
                    }));
  }

  /**
   * Shows a recording that lies elsewhere as one of the runs; any thread, before its run is open.
   */
  public void show(RunId run, Path file) {
    files.show(run, file);
  }

  /** The run's log, to be watched. */
  public Future<RunLog> forViewer(RunId run) {
    return opened(run, null);
  }

  private Future<RunLog> opened(RunId run, @Nullable String nameIfNew) {
    Future<RunLog> known = open.get(run);
    if (known != null && !known.failed()) {
      return known.onSuccess(RunLog::use);
    }
    Future<?> before = closing.getOrDefault(run, Future.succeededFuture());
    Future<RunLog> opening = before.transform(whatever -> call(() -> openFile(run, nameIfNew)));
    open.put(run, opening);
    return opening.onFailure(e -> open.remove(run, opening));
  }

  private RunLog openFile(RunId run, @Nullable String nameIfNew) throws IOException {
    Path file = files.find(run).orElse(null);
    if (file == null) {
      if (nameIfNew == null) {
        throw new NoSuchRunException(run);
      }
      if (files.isInTrash(run)) {
        throw new RunConflictException("run " + run + " is in the trash: restore it first");
      }
      file = files.fileOf(run);
      RecordingWriter.create(file, run, nameIfNew, WriterOptions.defaults()).close();
    }
    return RunLog.open(file, loop, observer, judge);
  }

  /** All runs, the youngest first. */
  public Future<List<RunSummary>> list() {
    return call(files::scan)
        .map(
            scanned -> {
              Map<RunId, RunSummary> all = new LinkedHashMap<>();
              scanned.values().forEach(summary -> all.put(summary.id(), summary));
              openLogs().forEach(log -> all.put(log.id(), summary(log)));
              List<RunSummary> sorted = new ArrayList<>(all.values());
              sorted.sort(
                  Comparator.comparingLong(RunSummary::startedMillis)
                      .thenComparing(summary -> summary.id().value())
                      .reversed());
              return sorted;
            });
  }

  public Future<RunSummary> summary(RunId run) {
    for (RunLog log : openLogs()) {
      if (log.id().equals(run)) {
        return Future.succeededFuture(summary(log));
      }
    }
    return read(run, reader -> Progress.of(reader).summary(false, RunLog.bytes(reader.file())));
  }

  private RunSummary summary(RunLog log) {
    return log.summary(System.currentTimeMillis(), liveForMillis);
  }

  /** Reads a run with a reader of its own. */
  public <T> Future<T> read(RunId run, Read<T> what) {
    return call(
        () -> {
          Path file = files.find(run).orElseThrow(() -> new NoSuchRunException(run));
          try (RecordingReader reader = RecordingReader.open(file)) {
            return what.from(reader);
          }
        });
  }

  /** Moves a run to the trash, unless it is live. */
  public Future<Void> delete(RunId run) {
    for (RunLog log : openLogs()) {
      if (log.id().equals(run)) {
        if (log.hasAgents()) {
          return Future.failedFuture(
              new RunConflictException("run " + run + " is live: end the training first"));
        }
        log.remove();
        return close(log).compose(closed -> trash(run));
      }
    }
    return trash(run);
  }

  private Future<Void> trash(RunId run) {
    return call(
        () -> {
          files.delete(run);
          return nothing();
        });
  }

  /** Undoes {@link #delete}. */
  public Future<Void> restore(RunId run) {
    return call(
        () -> {
          files.restore(run);
          return nothing();
        });
  }

  @SuppressWarnings("NullAway") // a Future<Void> has no other value
  private static Void nothing() {
    return null;
  }

  /** Closes the logs that nobody has used for as long. */
  public void closeIdle(long idleMillis) {
    long before = System.currentTimeMillis() - idleMillis;
    for (RunLog log : openLogs()) {
      if (log.idleSince(before)) {
        close(log);
      }
    }
  }

  private Future<?> close(RunLog log) {
    open.remove(log.id());
    Future<?> closed =
        call(
            () -> {
              log.close();
              return log;
            });
    closing.put(log.id(), closed);
    closed.onComplete(done -> closing.remove(log.id(), closed));
    return closed;
  }

  /** Lets the time pass for runs that are written. */
  public void tick(long millis) {
    openLogs().forEach(log -> log.tick(millis));
  }

  /** How many runs have an agent. */
  public int live() {
    return (int) openLogs().stream().filter(RunLog::hasAgents).count();
  }

  /** The runs that have an agent. */
  public List<RunId> liveRuns() {
    return openLogs().stream().filter(RunLog::hasAgents).map(RunLog::id).toList();
  }

  /** Bytes that wait for the disk. */
  public long queuedBytes() {
    return openLogs().stream().mapToLong(RunLog::queuedBytes).sum();
  }

  private List<RunLog> openLogs() {
    List<RunLog> logs = new ArrayList<>();
    for (Future<RunLog> each : open.values()) {
      if (each.succeeded()) {
        logs.add(each.result());
      }
    }
    return logs;
  }

  /** Ends every log. The event loop goes on meanwhile; complete when all is stored. */
  public Future<?> close() {
    List<Future<?>> all = new ArrayList<>(closing.values());
    openLogs().forEach(log -> all.add(close(log)));
    return Future.join(all).onComplete(done -> pool.shutdown());
  }

  private <T> Future<T> call(Callable<T> task) {
    Promise<T> promise = Promise.promise();
    try {
      pool.execute(
          () -> {
            try {
              T result = task.call();
              loop.runOnContext(done -> promise.complete(result));
            } catch (Exception e) {
              loop.runOnContext(done -> promise.fail(e));
            }
          });
    } catch (RejectedExecutionException e) {
      promise.fail(new BusyException("at most " + MOST_WAITING + " reads may wait: try again"));
    }
    return promise.future();
  }
}
