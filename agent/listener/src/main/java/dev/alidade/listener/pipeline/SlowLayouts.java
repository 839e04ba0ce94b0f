package dev.alidade.listener.pipeline;

import com.google.protobuf.ByteString;
import dev.alidade.analysis.layout.family.Activity;
import dev.alidade.analysis.layout.family.Distance;
import dev.alidade.analysis.layout.family.FamilyMap;
import dev.alidade.analysis.layout.family.LayoutFamily;
import dev.alidade.analysis.layout.family.LayoutTask;
import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Failures;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerLayout;
import dev.alidade.wire.proto.Layouts;
import dev.alidade.wire.proto.Quality;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Layouts other than the live one, one after the other on a thread of low priority: each begins at
 * the last one of its layer and is turned to lie like the live map. The thread pauses as often as
 * keeps it within half of the analysis budget at every moment, so that a layout of two seconds
 * takes forty at the default. What it spends is booked with the live maps, which yield.
 *
 * <p>{@link #offer}, {@link #poll} and {@link #spentNanos} are for the analysis thread.
 */
final class SlowLayouts {
  private static final double SHARE = 0.5;
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final long MOST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MOST_PASSED = 100;
  private static final float LEAST_REACH = 1e-12f;

  private record Job(
      int layer, String name, String method, Activity activity, Still live, long iteration) {}

  /** Positions that nobody changes any more. */
  private static final class Still {
    final float[] positions;

    Still(float[] positions) {
      this.positions = positions;
    }
  }

  private final LayoutChoice choice;
  private final double share;
  private final Clock clock;
  private final Failures failures;

  // All below by the lock on this.
  private final Map<Integer, Integer> turns = new HashMap<>();
  private final Map<Integer, Still> last = new HashMap<>();
  private final Map<Integer, LayerLayout> made = new TreeMap<>();
  private @Nullable Job job;
  private @Nullable Thread thread;
  private boolean fresh;
  private int passed;
  private long iteration;
  private long spent;
  private volatile boolean closed;

  SlowLayouts(LayoutChoice choice, double analysisBudget, Clock clock, Failures failures) {
    this.choice = choice;
    this.share = SHARE * analysisBudget;
    this.clock = clock;
    this.failures = failures;
  }

  /** Takes a copy of what a layer did when it is the layer's turn and the thread is idle. */
  synchronized void offer(
      int layer,
      String name,
      float[] observations,
      int rows,
      int units,
      float[] live,
      long atIteration) {
    String method = closed ? LayoutFamily.LIVE : choice.method(name);
    if (method.equals(LayoutFamily.LIVE) || rows < 2) {
      return;
    }
    int own = turns.computeIfAbsent(layer, unused -> fewest() - 1);
    // A layer whose turn it is may be one of a network that is no longer trained.
    if (job != null || (own > fewest() && ++passed <= MOST_PASSED)) {
      return;
    }
    passed = 0;
    float[] copy = java.util.Arrays.copyOf(observations, rows * units);
    Still still = new Still(java.util.Arrays.copyOf(live, 2 * units));
    Activity activity = Activity.observations(copy, rows, units);
    job = new Job(layer, name, method, activity, still, atIteration);
    turns.put(layer, own + 1);
    if (thread == null) {
      thread = begin();
    }
    notifyAll();
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint and no more: the pauses keep the budget
  private Thread begin() {
    Thread made = new Thread(this::work, "alidade-layouts");
    made.setDaemon(true);
    made.setPriority(Thread.MIN_PRIORITY);
    made.start();
    return made;
  }

  private int fewest() {
    return turns.values().stream().mapToInt(Integer::intValue).min().orElse(0);
  }

  /** A layer that is no longer analysed must not hold the others up. */
  synchronized void forget(int layer) {
    turns.remove(layer);
  }

  /** All layers' newest layouts, when one of them is new; else null. */
  synchronized @Nullable Layouts poll() {
    if (!fresh) {
      return null;
    }
    fresh = false;
    return Layouts.newBuilder().addAllLayers(made.values()).build();
  }

  /** Of the newest layout. */
  synchronized long iteration() {
    return iteration;
  }

  /** CPU of the thread since the last call. */
  synchronized long spentNanos() {
    long since = spent;
    spent = 0;
    return since;
  }

  /** Abandons what is under way. */
  synchronized void close() {
    closed = true;
    notifyAll();
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  private void work() {
    try {
      for (Job next = take(); next != null; next = take()) {
        try {
          lay(next);
        } catch (CancellationException e) {
          return;
        } catch (RuntimeException e) {
          failures.add(next.method() + " of " + next.name(), e, "this layout is lost");
        } finally {
          done();
        }
      }
    } catch (InterruptedException e) {
      // Only a process that goes down interrupts this thread.
    } catch (Throwable e) {
      failures.add("layout thread", e, "no further layouts but the live ones");
    }
  }

  private synchronized @Nullable Job take() throws InterruptedException {
    while (job == null && !closed) {
      wait();
    }
    return closed ? null : job;
  }

  private synchronized void done() {
    job = null;
  }

  private void lay(Job next) {
    Pace pace = new Pace();
    LayoutTask task =
        LayoutTask.of(next.activity())
            .limit(LIMIT)
            .pose(next.live().positions)
            .cancelled(pace::stop);
    Still before = last(next.layer());
    if (before != null && before.positions.length == 2 * next.activity().units()) {
      task = task.warm(before.positions);
    }
    FamilyMap map = LayoutFamily.of(next.method()).lay(task);
    pace.stop();
    publish(next, map, before, pace.cpuNanos() / 1e9);
  }

  private synchronized @Nullable Still last(int layer) {
    return last.get(layer);
  }

  private synchronized void publish(
      Job next, FamilyMap map, @Nullable Still before, double seconds) {
    float[] positions = map.positions();
    last.put(next.layer(), new Still(positions));
    float reach = LEAST_REACH;
    for (float each : positions) {
      reach = Math.max(reach, Math.abs(each));
    }
    Quality.Builder quality =
        Quality.newBuilder()
            .setTrustworthiness(map.truth().trustworthiness())
            .setContinuity(map.truth().continuity())
            .setKept(map.truth().kept());
    if (before != null && before.positions.length == positions.length) {
      quality.setDisplacement(displacement(positions, before.positions));
    }
    made.put(
        next.layer(),
        LayerLayout.newBuilder()
            .setLayer(next.layer())
            .setMethod(next.method())
            .setDistance(Distance.COSINE.id())
            .setBasis("observations")
            .setPositions(Tensors.u16(positions, -reach, reach, positions.length / 2, 2))
            .setState(ByteString.copyFrom(map.states()))
            .setQuality(quality)
            .setSeconds((float) seconds)
            .build());
    iteration = next.iteration();
    fresh = true;
  }

  /** Mean move, both maps having an RMS radius of one. */
  private static float displacement(float[] to, float[] from) {
    double sum = 0;
    for (int at = 0; at < to.length; at += 2) {
      sum += Math.hypot(to[at] - from[at], to[at + 1] - from[at + 1]);
    }
    return (float) (2 * sum / to.length);
  }

  /** Keeps one layout's CPU below its share of the time that passes, and books it. */
  private final class Pace {
    private final long startNanos = clock.nanos();
    private final long startCpu = clock.cpuNanos();
    private long booked = startCpu;

    /** Pauses when it is ahead of its share; whether to abandon the layout. */
    boolean stop() {
      long cpu = clock.cpuNanos();
      synchronized (SlowLayouts.this) {
        spent += cpu - booked;
      }
      booked = cpu;
      long ahead = (long) ((cpu - startCpu) / share) - (clock.nanos() - startNanos);
      while (ahead > 0 && !closed) {
        LockSupport.parkNanos(this, Math.min(ahead, MOST_PAUSE_NANOS));
        ahead = (long) ((cpu - startCpu) / share) - (clock.nanos() - startNanos);
      }
      return closed;
    }

    long cpuNanos() {
      return booked - startCpu;
    }
  }
}
