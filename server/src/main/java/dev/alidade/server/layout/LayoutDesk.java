package dev.alidade.server.layout;

import dev.alidade.analysis.layout.family.Distance;
import dev.alidade.analysis.layout.family.FamilyMap;
import dev.alidade.analysis.layout.family.LayoutFamily;
import dev.alidade.analysis.layout.family.LayoutTask;
import dev.alidade.server.store.BusyException;
import dev.alidade.server.store.Runs;
import dev.alidade.wire.RunId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Computes maps on {@value #THREADS} threads of low priority, keeps the newest {@value #MOST_KEPT},
 * and computes a map that several ask for once. Its methods never block.
 */
public final class LayoutDesk implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 16;
  private static final int MOST_KEPT = 128;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A map is the same wherever these are. */
  private record Key(
      RunId run, int layer, String method, Distance distance, Asked.Basis basis, long iteration) {
    boolean isOfTheSameSeries(Key other) {
      return run.equals(other.run)
          && layer == other.layer
          && method.equals(other.method)
          && distance == other.distance
          && basis == other.basis;
    }
  }

  private record Kept(FamilyMap map, String answer) {}

  private final Runs runs;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Key, Future<String>> running = new HashMap<>();
  private final ThreadPoolExecutor pool;
  private volatile boolean closed;

  public LayoutDesk(Runs runs) {
    this.runs = runs;
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            LayoutDesk::thread);
    pool.allowCoreThreadTimeOut(true);
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint and no more
  private static Thread thread(Runnable task) {
    Thread made = new Thread(task, "alidade-layout");
    made.setDaemon(true);
    made.setPriority(Thread.MIN_PRIORITY);
    return made;
  }

  /** The map as JSON; what is completed is completed on {@code loop}. */
  public Future<String> lay(Asked asked, Context loop) {
    return runs.read(asked.run(), reader -> Stored.read(reader, asked))
        .compose(stored -> lay(asked, stored, loop));
  }

  private synchronized Future<String> lay(Asked asked, Stored stored, Context loop) {
    Key key =
        new Key(
            asked.run(),
            stored.layer,
            asked.method(),
            asked.distance(),
            asked.basis(),
            stored.iteration);
    Kept known = kept.get(key);
    if (known != null) {
      return Future.succeededFuture(known.answer());
    }
    Future<String> same = running.get(key);
    if (same != null) {
      return same;
    }
    Promise<String> promise = Promise.promise();
    float[] start = neighbour(key, 2 * stored.activity.units());
    try {
      pool.execute(() -> work(key, stored, start, promise, loop));
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(
          new BusyException("at most " + MOST_WAITING + " maps may wait: try again"));
    }
    running.put(key, promise.future());
    return promise.future();
  }

  private void work(
      Key key, Stored stored, float @Nullable [] start, Promise<String> promise, Context loop) {
    try {
      LayoutTask task =
          LayoutTask.of(stored.activity)
              .distance(key.distance())
              .limit(LIMIT)
              .cancelled(() -> closed);
      task = start == null ? task : task.warm(start);
      task = stored.live == null ? task : task.pose(stored.live);
      FamilyMap map = LayoutFamily.of(key.method()).lay(task);
      String answer = json(key, stored.name, map);
      keep(key, new Kept(map, answer));
      loop.runOnContext(done -> promise.complete(answer));
    } catch (Throwable e) {
      keep(key, null);
      loop.runOnContext(done -> promise.fail(e));
    }
  }

  private synchronized void keep(Key key, @Nullable Kept made) {
    running.remove(key);
    if (made != null) {
      kept.put(key, made);
      if (kept.size() > MOST_KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
  }

  /** The positions of the same series that are nearest in time; null when there are none. */
  private float @Nullable [] neighbour(Key key, int length) {
    float[] nearest = null;
    long best = Long.MAX_VALUE;
    for (Map.Entry<Key, Kept> each : kept.entrySet()) {
      float[] positions = each.getValue().map().positions();
      long away = Math.abs(each.getKey().iteration() - key.iteration());
      if (key.isOfTheSameSeries(each.getKey()) && positions.length == length && away < best) {
        nearest = positions;
        best = away;
      }
    }
    return nearest;
  }

  private static String json(Key key, String layer, FamilyMap map) {
    JsonArray positions = new JsonArray();
    for (float value : map.positions()) {
      positions.add(Math.round(value * 1e4) / 1e4);
    }
    JsonArray dead = new JsonArray();
    for (int unit = 0; unit < map.states().length; unit++) {
      if (map.states()[unit] != 0) {
        dead.add(unit);
      }
    }
    FamilyMap.Truth truth = map.truth();
    return new JsonObject()
        .put("iteration", key.iteration())
        .put("layer", layer)
        .put("method", key.method())
        .put("distance", key.distance().id())
        .put("basis", key.basis().id())
        .put("seconds", map.seconds())
        .put("positions", positions)
        .put("dead", dead)
        .put(
            "quality",
            new JsonObject()
                .put("trustworthiness", truth.trustworthiness())
                .put("continuity", truth.continuity())
                .put("kept", truth.kept()))
        .encode();
  }

  /** Abandons what is being computed. */
  @Override
  public void close() {
    closed = true;
    pool.shutdown();
  }
}
