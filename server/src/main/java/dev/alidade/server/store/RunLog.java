package dev.alidade.server.store;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.StoredFrame;
import dev.alidade.recording.WriterOptions;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that somebody sends to or watches: its log, read on a thread of its own, and its tail.
 * Methods are for the event loop unless they say otherwise.
 */
public final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
  private static final int BATCH_FRAMES = 512;
  private static final long BATCH_BYTES = 4 << 20;

  /** Bytes of frames that may wait for the disk before agents are made to wait. */
  static final long QUEUE_BYTES = 64 << 20;

  /** The last quarter of the writer's queue refuses pictures, so that stays free. */
  private static final long ROOM_BYTES = QUEUE_BYTES / 2;

  /** An agent's connection, as its run sees it. */
  public interface Agent {
    Origin origin();

    /** Everything up to here, per kind, is committed. */
    void stored(Map<Kind, Long> highest);

    /** A newer connection of the same origin takes its place. */
    void replaced();
  }

  /** A page's connection, as its run sees it. */
  public interface Watcher {
    /** The tail has grown by these frames. */
    void appended(List<LiveFrame> frames);

    /** The run is no longer there. */
    void removed();
  }

  private final RunId id;
  private final Path file;
  private final Context loop;
  private final RunObserver observer;
  private final RunJudge judge;
  private final ExecutorService thread;
  private final RecordingReader reader; // on the thread only
  private final Progress progress;
  private final Tail tail;
  private final Map<Origin, Agent> agents = new LinkedHashMap<>();
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile @Nullable RecordingWriter writer;
  private volatile List<Origin> origins = List.of();
  private long readPosition; // on the thread only
  private boolean readerClosed; // on the thread only
  private long lastUsedMillis = System.currentTimeMillis();
  private long lastFrameMillis;

  private RunLog(
      Path file, RecordingReader reader, Context loop, RunObserver observer, RunJudge judge)
      throws RecordingException {
    this.id = reader.run();
    this.file = file;
    this.reader = reader;
    this.loop = loop;
    this.observer = observer;
    this.judge = judge;
    progress = Progress.of(reader);
    readPosition = reader.lastPosition();
    tail = new Tail(readPosition);
    for (Kind kind : List.of(Kind.KIND_UNITS, Kind.KIND_PICTURE)) {
      reader.last(kind).ifPresent(frame -> tail.show(LiveFrame.of(frame)));
    }
    thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "alidade-run-" + id);
              made.setDaemon(true);
              return made;
            });
  }

  /** Opens a recording to watch it. Blocks: not on the event loop. */
  static RunLog open(Path file, Context loop, RunObserver observer, RunJudge judge)
      throws RecordingException {
    RecordingReader reader = RecordingReader.open(file);
    try {
      return new RunLog(file, reader, loop, observer, judge);
    } catch (RecordingException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Makes it ready to be written. Blocks: not on the event loop. */
  synchronized void startWriter(long mostBytes) throws RecordingException {
    if (writer == null) {
      RecordingWriter made =
          RecordingWriter.reopen(
              file, WriterOptions.defaults().withQueueBytes(QUEUE_BYTES).withMostBytes(mostBytes));
      made.onCommit(position -> readOn());
      writer = made;
    }
  }

  public RunId id() {
    return id;
  }

  public Tail tail() {
    return tail;
  }

  /** The recording's size with its write-ahead log; any thread. */
  static long bytes(Path file) {
    return size(file) + size(Path.of(file + "-wal"));
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  RunSummary summary(long nowMillis, long liveForMillis) {
    return progress.summary(isLive(nowMillis, liveForMillis), bytes(file));
  }

  boolean isLive(long nowMillis, long liveForMillis) {
    return !agents.isEmpty() || nowMillis - lastFrameMillis < liveForMillis;
  }

  boolean hasAgents() {
    return !agents.isEmpty();
  }

  boolean idleSince(long millis) {
    return agents.isEmpty() && watchers.isEmpty() && lastUsedMillis < millis;
  }

  void use() {
    lastUsedMillis = System.currentTimeMillis();
  }

  /** Bytes that wait for the disk; any thread. */
  long queuedBytes() {
    RecordingWriter current = writer;
    return current == null ? 0 : current.account().queuedBytes();
  }

  // ------------------------------------------------------------------ agents

  /** Adds an agent; an older connection of the same origin is told that it is replaced. */
  public void attach(Agent agent) {
    use();
    boolean first = agents.isEmpty();
    Agent older = agents.put(agent.origin(), agent);
    origins = List.copyOf(agents.keySet());
    if (older != null) {
      older.replaced();
    }
    if (first) {
      submit(this::announce);
    }
  }

  private void announce() {
    observer.started(id, progress.summary(true, 0).name());
    try {
      // What an earlier connection described is not sent again.
      reader.last(Kind.KIND_DESCRIPTION).ifPresent(frame -> observer.stored(id, frame));
      judge.catchUp(id, reader, readPosition);
    } catch (RecordingException e) {
      LOG.error("{}: cannot read its description: {}", id, e.getMessage());
    }
  }

  public void detach(Agent agent) {
    use();
    if (agents.remove(agent.origin(), agent)) {
      origins = List.copyOf(agents.keySet());
      if (agents.isEmpty()) {
        submit(() -> observer.ended(id));
      }
    }
  }

  /** What is stored of an origin already. */
  public Future<Map<Kind, Long>> stored(Origin origin) {
    return call(() -> reader.stored(origin));
  }

  /** Whether a frame of this size can be offered without being dropped. */
  public boolean hasRoom(int frameBytes) {
    return queuedBytes() + frameBytes <= ROOM_BYTES;
  }

  /**
   * Appends a frame; {@link Agent#stored} follows when it is committed.
   *
   * @return false when the recording is full
   */
  public boolean offer(Frame frame) {
    RecordingWriter current = writer;
    if (current == null) {
      throw new IllegalStateException("run must be open for writing: " + id);
    }
    // After an end nothing more is awaited; other workers, if any, are still connected.
    lastFrameMillis = frame.kind() == Kind.KIND_END ? 0 : System.currentTimeMillis();
    return current.offer(frame);
  }

  // ------------------------------------------------------------------ watchers

  public void attach(Watcher watcher) {
    use();
    watchers.add(watcher);
  }

  public void detach(Watcher watcher) {
    use();
    watchers.remove(watcher);
  }

  /** A part of the log for a viewer that is behind the tail. */
  public Future<List<LiveFrame>> after(long position, int mostFrames, long mostBytes) {
    return call(
        () -> reader.after(position, mostFrames, mostBytes).stream().map(LiveFrame::of).toList());
  }

  // ------------------------------------------------------------------ the run's thread

  /** From the writer's thread. */
  private void readOn() {
    if (reading.compareAndSet(false, true)) {
      submit(this::readCommitted);
    }
  }

  private void readCommitted() {
    reading.set(false); // before reading: a commit from here on asks again
    if (readerClosed) {
      return;
    }
    try {
      List<StoredFrame> batch = reader.after(readPosition, BATCH_FRAMES, BATCH_BYTES);
      while (!batch.isEmpty()) {
        publish(batch);
        batch = reader.after(readPosition, BATCH_FRAMES, BATCH_BYTES);
      }
      acknowledge();
    } catch (RecordingException e) {
      LOG.error("{}: cannot read back what was stored: {}", id, e.getMessage());
    }
  }

  private void publish(List<StoredFrame> batch) {
    List<LiveFrame> frames = new ArrayList<>(batch.size());
    for (StoredFrame stored : batch) {
      readPosition = stored.position();
      progress.accept(stored);
      observer.stored(id, stored);
      append(judge.judge(id, stored.frame()));
      frames.add(LiveFrame.of(stored));
    }
    loop.runOnContext(
        nothing -> {
          tail.append(frames);
          for (Watcher watcher : List.copyOf(watchers)) {
            watcher.appended(frames);
          }
        });
  }

  /** Looks whether silence itself says something; any thread. */
  void tick(long millis) {
    if (writer != null) {
      submit(() -> append(judge.silence(id, millis)));
    }
  }

  /** What follows from the log goes into the log, behind what it follows from. */
  private void append(List<Frame> frames) {
    RecordingWriter current = writer;
    if (current != null) {
      for (Frame frame : frames) {
        if (!current.offer(frame)) {
          LOG.warn("{}: full, so that {} is not stored", id, frame.kind());
        }
      }
    }
  }

  private void acknowledge() throws RecordingException {
    Map<Origin, Map<Kind, Long>> highest = new LinkedHashMap<>();
    for (Origin origin : origins) {
      highest.put(origin, reader.stored(origin));
    }
    loop.runOnContext(
        nothing ->
            highest.forEach(
                (origin, stored) -> {
                  Agent agent = agents.get(origin);
                  if (agent != null) {
                    agent.stored(stored);
                  }
                }));
  }

  private void submit(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: closed while there was something to do", id);
    }
  }

  private <T> Future<T> call(Callable<T> task) {
    Promise<T> promise = Promise.promise();
    try {
      thread.execute(
          () -> {
            try {
              T result = task.call();
              loop.runOnContext(nothing -> promise.complete(result));
            } catch (Exception e) {
              loop.runOnContext(nothing -> promise.fail(e));
            }
          });
    } catch (RejectedExecutionException e) {
      promise.fail(e);
    }
    return promise.future();
  }

  /** Tells watchers that the run goes away. */
  void remove() {
    for (Watcher watcher : List.copyOf(watchers)) {
      watcher.removed();
    }
    watchers.clear();
  }

  /** Stores what is queued and leaves one self-contained file. Blocks: not on the event loop. */
  void close() {
    RecordingWriter current = writer;
    if (current != null) {
      current.flush(Duration.ofSeconds(10));
    }
    thread.execute(
        () -> {
          if (current != null) {
            readCommitted();
          }
          readerClosed = true;
          reader.close();
        });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("{}: its reader did not end within 10 s", id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (current != null) {
      current.close();
    }
    LOG.debug("{}: closed {}", id, Files.exists(file) ? file : "(moved)");
  }
}
