package dev.alidade.server.laws;

import dev.alidade.server.store.Runs;
import dev.alidade.wire.RunId;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The laws of the runs that somebody asks about or that are live, at most {@value #MOST_RUNS} of
 * them. Event loop only; the fits are made on a thread of its own.
 */
public final class LawBook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LawBook.class);
  private static final int MOST_RUNS = 16;
  private static final long ROUND_MILLIS = 5_000;

  /** A page waits so long for a recording to be read; then it gets what there is. */
  private static final long PATIENCE_MILLIS = 5_000;

  /** It rests this many times as long as it worked. */
  private static final int REST = 9;

  private static final class Entry {
    final RunLaws laws = new RunLaws(); // on the thread only
    long restsUntilNanos = System.nanoTime(); // on the thread only
    long position;
    RunLaws.Told told = laws.told(false);
    @Nullable Promise<RunLaws.Told> refreshing;
  }

  private final Vertx vertx;
  private final Runs runs;
  private final Context loop;
  private final LawMeters meters = new LawMeters();
  private final Map<RunId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "alidade-laws");
            made.setDaemon(true);
            return made;
          });

  public LawBook(Vertx vertx, Runs runs, Context loop) {
    this.vertx = vertx;
    this.runs = runs;
    this.loop = loop;
    vertx.setPeriodic(ROUND_MILLIS, timer -> round());
  }

  /** Gauges of identifiable laws of live runs. */
  public MultiCollector meters() {
    return meters;
  }

  /** The laws of a run as JSON: of all that is stored, or of what could be read in time. */
  public Future<String> of(RunId run) {
    Promise<String> answer = Promise.promise();
    Entry entry = entry(run);
    long timer = vertx.setTimer(PATIENCE_MILLIS, patience -> answer.tryComplete(entry.told.json()));
    refresh(run, entry)
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              if (done.succeeded()) {
                answer.tryComplete(done.result().json());
              } else {
                answer.tryFail(done.cause());
              }
            });
    return answer.future();
  }

  private Entry entry(RunId run) {
    Entry entry = entries.computeIfAbsent(run, id -> new Entry());
    entries
        .entrySet()
        .removeIf(
            each ->
                entries.size() > MOST_RUNS
                    && each.getValue() != entry
                    && each.getValue().refreshing == null);
    return entry;
  }

  private void round() {
    List<RunId> live = runs.liveRuns();
    meters.keep(live.stream().map(RunId::value).toList());
    for (RunId run : live) {
      refresh(run, entry(run))
          .onSuccess(told -> meters.show(run.value(), told.gauges()))
          .onFailure(e -> LOG.debug("{}: laws are not fitted: {}", run, String.valueOf(e)));
    }
  }

  /** One at a time for each run: who comes later waits with the first. */
  private Future<RunLaws.Told> refresh(RunId run, Entry entry) {
    if (entry.refreshing != null) {
      return entry.refreshing.future();
    }
    Promise<RunLaws.Told> promise = Promise.promise();
    entry.refreshing = promise;
    promise
        .future()
        .onComplete(
            done -> {
              entry.refreshing = null;
              if (done.failed()) {
                entries.remove(run, entry);
              }
            });
    readOn(run, entry, promise);
    return promise.future();
  }

  private void readOn(RunId run, Entry entry, Promise<RunLaws.Told> promise) {
    runs.read(run, reader -> Reading.after(reader, entry.position))
        .onFailure(promise::tryFail)
        .onSuccess(
            reading -> {
              entry.position = reading.position();
              fit(run, entry, reading, promise);
            });
  }

  private void fit(RunId run, Entry entry, Reading reading, Promise<RunLaws.Told> promise) {
    try {
      thread.execute(
          () -> {
            try {
              RunLaws.Told told = take(entry, reading);
              loop.runOnContext(
                  nothing -> {
                    entry.told = told;
                    if (reading.more()) {
                      readOn(run, entry, promise);
                    } else {
                      promise.tryComplete(told);
                    }
                  });
            } catch (RuntimeException e) {
              loop.runOnContext(nothing -> promise.tryFail(e));
            }
          });
    } catch (RejectedExecutionException e) {
      promise.tryFail(e);
    }
  }

  private static RunLaws.Told take(Entry entry, Reading reading) {
    long start = System.nanoTime();
    entry.laws.accept(reading);
    boolean rested = start - entry.restsUntilNanos >= 0;
    if (!reading.more() && rested) {
      entry.laws.refit();
      long end = System.nanoTime();
      entry.restsUntilNanos = end + REST * (end - start);
    }
    return entry.laws.told(!reading.more());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
