package dev.alidade.analysis.layout;

/**
 * The map of a layer whose units are few enough for all their pairs: the parts of this package, in
 * the order of a tick. Memory: about 4·units² + 1.2 kB·units bytes.
 */
final class ExactMap implements Engine {
  /** Ticks at the start that take more steps and are shown as they are. */
  static final int WARM_UP_TICKS = 10;

  private static final int WARM_UP_FACTOR = 3;

  /** How much faster the average forgets while the network moves on steadily. */
  private static final float HASTE = 0.4f;

  private static final int COMPANIONS = 5;
  private static final int RELOCATION_STRIDE = 10;

  /** Live units from which on only half of them look for their neighbours anew in a tick. */
  private static final int MANY = 768;

  private final int units;
  private final LiveLayout.Options options;
  private final Batch batch;
  private final Gram gram;
  private final Vitality vitality;
  private final Movement movement;
  private final Neighbours neighbours;
  private final Affinities affinities;
  private final Edges edges;
  private final Solver solver;
  private final Relocation relocation;
  private final Publisher publisher;
  private final Quality quality;
  private final int[] live;
  private final int[] slot;
  private final int[] oldSlot;
  private final int[] from;
  private int count;
  private long ticks;
  private long tickNanos;
  private long folds;
  private boolean probed;
  private boolean streamed;
  private boolean placed;

  ExactMap(int units, LiveLayout.Options options, Kernels kernels) {
    this.units = units;
    this.options = options;
    int most = Math.max(1, Math.min(units - 1, (int) (3 * options.perplexity()) + 1));
    batch = new Batch(units);
    gram = new Gram(units, kernels);
    vitality = new Vitality(units);
    movement = new Movement(units);
    neighbours = new Neighbours(units, most);
    affinities = new Affinities(units, most, kernels);
    edges = new Edges(units, most);
    solver = new Solver(units, edges, kernels);
    relocation = new Relocation(solver.forces, edges, units, most, kernels);
    publisher = new Publisher(units);
    quality = new Quality(units, kernels);
    live = new int[units];
    slot = new int[units];
    oldSlot = new int[units];
    from = new int[units];
    java.util.Arrays.fill(slot, -1);
    publisher.park(vitality.alive, true);
  }

  /** Folds a fresh batch, [rows x units] row-major, into the exponential average. */
  @Override
  public void fold(float[] observations, int rows) {
    load(observations, rows);
    float steady = options.retention() - HASTE * quality.trend();
    float retention = Math.max(0, Math.min(steady, folds / (folds + 1f)));
    gram.fold(batch, retention);
    folds++;
    streamed = true;
  }

  /** Replaces the estimate by that of a probe: the same rows, in the same order, each time. */
  @Override
  public void probe(float[] observations, int rows) {
    load(observations, rows);
    gram.fold(batch, 0);
    movement.probe(batch);
    probed = true;
  }

  private void load(float[] observations, int rows) {
    batch.load(observations, rows, options.mostRows());
    vitality.observe(batch);
  }

  /** Works one tick with {@code steps} gradient steps; the first ticks take three times as many. */
  @Override
  public void tick(int steps) {
    long start = System.nanoTime();
    boolean early = ticks < WARM_UP_TICKS;
    gram.complete();
    if (vitality.settle()) {
      regroup();
    }
    observe();
    float[] x = solver.forces.x;
    float[] y = solver.forces.y;
    if (count > 1) {
      edges.connect(live, count, slot, neighbours, affinities);
      anchor();
      relocate();
      int taken = early ? steps * WARM_UP_FACTOR : steps;
      solver.run(count, taken, rate(steps), exaggeration(), early ? 0.4f : 1.2f);
    }
    publisher.follow(live, count, x, y, movement.delta, early);
    publisher.park(vitality.alive, early);
    quality.measure(gram, live, count, vitality.alive, publisher);
    probed = false;
    streamed = false;
    ticks++;
    tickNanos = System.nanoTime() - start;
  }

  /** Brings movement, neighbour lists and affinities up to date. */
  private void observe() {
    if (!probed && !streamed) {
      movement.rest();
      return;
    }
    float perplexity = Math.min(options.perplexity(), Math.max(1, (count - 1) / 3f));
    int k = Math.min(neighbours.most(), count - 1);
    int turns = ticks < WARM_UP_TICKS || count < MANY ? 1 : 2;
    for (int s = 0; s < count; s++) {
      int i = live[s];
      boolean search = neighbours.count(i) < k || (i + ticks) % turns == 0;
      if (!probed || !search) {
        float change = neighbours.renew(gram, i);
        if (!probed) {
          movement.stream(i, change, quality.trend());
        }
      }
      if (gram.known(i)) {
        if (search) {
          neighbours.refresh(gram, i, k);
        }
        affinities.calibrate(neighbours, i, perplexity);
      }
    }
    if (placed) {
      bear();
    } else if (count > 0) {
      Start.place(gram, live, count, solver.forces.x, solver.forces.y, solver.forces.z);
      placed = true;
    }
    java.util.Arrays.fill(from, 0, count, 0);
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

  private void relocate() {
    if (ticks >= 5) {
      relocation.run(
          count, ticks, ticks < WARM_UP_TICKS ? 1 : RELOCATION_STRIDE, exaggeration(), solver);
    }
  }

  private void anchor() {
    for (int s = 0; s < count; s++) {
      float delta = movement.delta[live[s]];
      solver.anchor[s] =
          ticks < WARM_UP_TICKS
              ? 0
              : options.anchor() * Math.min(30, 0.05f / Math.max(delta, 1e-6f));
    }
  }

  private float rate(int steps) {
    return steps > 12 ? 0.15f : 0.25f;
  }

  /** Strong at first, so that clusters find together; never back to 1, so that units can pass. */
  private float exaggeration() {
    if (ticks < 7) {
      return 6;
    }
    return ticks == 7 ? 3 : ticks == 8 ? 1.5f : 1.15f;
  }

  /** The shown positions, [units x 2], in units of the map's RMS radius; owned by this object. */
  @Override
  public float[] positions() {
    return publisher.positions();
  }

  /** Per unit 0 alive, 1 dead, 2 newborn (UnitState of the wire); owned by this object. */
  @Override
  public byte[] states() {
    return vitality.states;
  }

  /** How good and how calm the map of the last tick is. */
  @Override
  public MapQuality quality() {
    return quality.result(tickNanos);
  }

  /** The batch read last, made finite. */
  Batch batch() {
    return batch;
  }
}
