package dev.alidade.analysis.layout;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * The parts of this package in the order of a tick. How alike the units are, and who is whose
 * neighbour, is for {@link ExactMap} and {@link NearMap} to say.
 */
abstract sealed class TickingMap implements Engine permits ExactMap, NearMap {
  /** Ticks at the start that take more steps and are shown as they are. */
  static final int WARM_UP_TICKS = 10;

  private static final int WARM_UP_FACTOR = 3;
  private static final int WARM_UP_CREDIT = 4;

  /** How much faster the average forgets while the network moves on steadily. */
  private static final float HASTE = 0.4f;

  /** CPU and not wall time: a busy machine must not make worse maps. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final int COMPANIONS = 5;
  private static final float COST_EASE = 0.2f;

  final int units;
  final LiveLayout.Options options;
  final Batch batch;
  final Movement movement;
  final Neighbours neighbours;
  final Affinities affinities;
  final Edges edges;
  final Solver solver;
  final Quality quality;
  final int[] live;
  final int[] slot;
  int count;
  long ticks;
  boolean probed;
  private final Likeness likeness;
  private final Vitality vitality;
  private final Publisher publisher;
  private final int[] oldSlot;
  private final int[] from;
  private float limitMillis;
  private float stepNanos;
  private long tickNanos;
  private long started;
  private long folds;
  private boolean streamed;
  private boolean placed;

  TickingMap(int units, int most, LiveLayout.Options options, Likeness likeness, Kernels kernels) {
    this.units = units;
    this.options = options;
    this.likeness = likeness;
    limitMillis = options.tickMillis();
    batch = new Batch(units);
    vitality = new Vitality(units);
    movement = new Movement(units);
    neighbours = new Neighbours(units, most);
    affinities = new Affinities(units, most, kernels);
    edges = new Edges(units, most);
    solver = new Solver(units, forces(kernels));
    publisher = new Publisher(units);
    quality = new Quality(units, kernels);
    live = new int[units];
    slot = new int[units];
    oldSlot = new int[units];
    from = new int[units];
    Arrays.fill(slot, -1);
    publisher.park(vitality.alive, true);
  }

  /** The forces between the units; called while this is made, after the edges. */
  abstract Forces forces(Kernels kernels);

  /** Folds the batch into the estimate of likeness. */
  abstract void fold(float retention);

  /** Puts the batch, a probe, in the place of the estimate. */
  abstract void take();

  /** Makes the estimate fit for questions, after the folds of a tick. */
  abstract void complete();

  /**
   * Brings neighbour lists, affinities and, of a stream, movement up to date.
   *
   * @param k neighbours of a unit
   */
  abstract void look(int k, float perplexity);

  /** Tries other places for some units. */
  abstract void relocate(float exaggeration);

  @Override
  public void fold(float[] observations, int rows) {
    load(observations, rows);
    float steady = options.retention() - HASTE * quality.trend();
    fold(Math.max(0, Math.min(steady, folds / (folds + 1f))));
    folds++;
    streamed = true;
  }

  @Override
  public void probe(float[] observations, int rows) {
    load(observations, rows);
    take();
    movement.probe(batch);
    probed = true;
  }

  private void load(float[] observations, int rows) {
    batch.load(observations, rows, options.mostRows());
    vitality.observe(batch);
  }

  @Override
  public void limit(float millis) {
    limitMillis = millis;
  }

  @Override
  public void tick(int steps) {
    long start = System.nanoTime();
    started = cpuNanos();
    boolean early = early();
    complete();
    if (vitality.settle()) {
      regroup();
    }
    observe();
    float[] x = solver.forces.x;
    float[] y = solver.forces.y;
    if (count > 1) {
      edges.connect(live, count, slot, neighbours, affinities);
      anchor();
      if (ticks >= 5) {
        relocate(exaggeration());
      }
      run(early ? steps * WARM_UP_FACTOR : steps, rate(steps));
    }
    publisher.follow(live, count, x, y, movement.delta, early);
    publisher.park(vitality.alive, early);
    quality.measure(likeness, live, count, vitality.alive, publisher);
    probed = false;
    streamed = false;
    ticks++;
    tickNanos = System.nanoTime() - start;
  }

  final boolean early() {
    return ticks < WARM_UP_TICKS;
  }

  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Share of the tick's time, as it is bounded, that has passed; 0 when it is not. */
  final float spent() {
    float limit = limitMillis * (early() ? WARM_UP_CREDIT : 1);
    return limit > 0 ? (cpuNanos() - started) / (limit * 1e6f) : 0;
  }

  /** Takes as many of the steps wanted as the time allows, at least one. */
  private void run(int wanted, float rate) {
    int steps = wanted;
    if (limitMillis > 0 && stepNanos > 0) {
      float limit = limitMillis * (early() ? WARM_UP_CREDIT : 1);
      float left = limit * 1e6f - (cpuNanos() - started);
      steps = Math.min(wanted, Math.max(1, (int) (left / stepNanos)));
    }
    long start = cpuNanos();
    solver.run(count, steps, rate, exaggeration(), early() ? 0.4f : 1.2f);
    if (steps > 0) {
      float cost = (float) (cpuNanos() - start) / steps;
      stepNanos += (stepNanos > 0 ? COST_EASE : 1) * (cost - stepNanos);
    }
  }

  private void observe() {
    if (!probed && !streamed) {
      movement.rest();
      return;
    }
    look(
        Math.min(neighbours.most(), count - 1),
        Math.min(options.perplexity(), Math.max(1, (count - 1) / 3f)));
    if (placed) {
      bear();
    } else if (count > 0) {
      Start.place(likeness, live, count, solver.forces.x, solver.forces.y, solver.forces.z);
      placed = true;
    }
    Arrays.fill(from, 0, count, 0);
  }

  /** Makes room for those who were born and forgets those who died. */
  private void regroup() {
    System.arraycopy(slot, 0, oldSlot, 0, units);
    count = 0;
    for (int i = 0; i < units; i++) {
      if (vitality.alive[i]) {
        slot[i] = count;
        from[count] = oldSlot[i];
        live[count++] = i;
      } else {
        slot[i] = -1;
        neighbours.forget(i);
      }
    }
    neighbours.admit(vitality.alive);
    solver.remap(from, count);
  }

  /** Puts newborn units at the mean of their nearest companions that have a place. */
  private void bear() {
    for (int s = 0; s < count; s++) {
      if (from[s] == -1) {
        solver.place(s, live, slot, from, neighbours, COMPANIONS);
      }
    }
  }

  private void anchor() {
    for (int s = 0; s < count; s++) {
      float delta = movement.delta[live[s]];
      solver.anchor[s] =
          early() ? 0 : options.anchor() * Math.min(30, 0.05f / Math.max(delta, 1e-6f));
    }
  }

  private static float rate(int steps) {
    return steps > 12 ? 0.15f : 0.25f;
  }

  /** Strong at first, so that clusters find together; never back to 1, so that units can pass. */
  private float exaggeration() {
    if (ticks < 7) {
      return 6;
    }
    return ticks == 7 ? 3 : ticks == 8 ? 1.5f : 1.15f;
  }

  @Override
  public float[] positions() {
    return publisher.positions();
  }

  @Override
  public byte[] states() {
    return vitality.states;
  }

  @Override
  public float qualityError() {
    return quality.error();
  }

  @Override
  public MapQuality quality() {
    return quality.result(tickNanos);
  }
}
