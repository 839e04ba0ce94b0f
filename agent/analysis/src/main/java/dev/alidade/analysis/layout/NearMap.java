package dev.alidade.analysis.layout;

/**
 * The map of a large layer, at a cost near-linear in its units: likeness from a {@link Sketch} and
 * only for candidate pairs, far units felt by cells ({@link FarForces}).
 *
 * <p>Neighbour lists come to be as in NN-descent (Dong, Moses and Li 2011): a neighbour's neighbour
 * is likely a neighbour. In each tick the units in turn look at what their neighbours have become,
 * and at some of their neighbours' neighbours and some of all units besides. How many take a turn
 * depends on the time there is. Memory: about 5 kB a unit.
 */
final class NearMap extends TickingMap {
  private static final float PERPLEXITY = 20;

  /** One unit in so many takes a turn in a tick; all of them in the first ticks. */
  private static final int TURNS = 2;

  /**
   * Units move by their neighbours only, and there are many of them: steps for each one asked for.
   */
  private static final int STEPS = 2;

  private static final int FIRST_ROUNDS = 5;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int NEIGHBOURS = 6;
  private static final int THEIRS = 6;
  private static final int STRANGERS = 4;
  private static final int FIRST_STRANGERS = 24;

  /** Share of the tick's time after which no more units take a turn. */
  private static final float SHARE = 0.35f;

  private static final int CHECK = 63;

  private final Sketch sketch;
  private int cursor;
  private int random = 1;

  NearMap(int units, LiveLayout.Options options, Kernels kernels) {
    this(units, options, kernels, new Sketch(units, kernels));
  }

  private NearMap(int units, LiveLayout.Options options, Kernels kernels, Sketch sketch) {
    super(units, most(units, options), options, sketch, kernels);
    this.sketch = sketch;
  }

  private static int most(int units, LiveLayout.Options options) {
    float perplexity = Math.min(PERPLEXITY, options.perplexity());
    return Math.max(1, Math.min(units - 1, (int) (3 * perplexity) + 1));
  }

  @Override
  Forces forces(Kernels kernels) {
    return new FarForces(units, edges, kernels);
  }

  @Override
  void fold(float retention) {
    sketch.fold(batch, retention);
  }

  @Override
  void take() {
    sketch.take(batch);
  }

  @Override
  void complete() {
    sketch.complete();
  }

  @Override
  void look(int k, float perplexity) {
    int rounds = ticks == 0 ? FIRST_ROUNDS : early() ? WARM_UP_ROUNDS : 1;
    int turns = early() ? rounds * count : (count + TURNS - 1) / TURNS;
    float narrow = Math.min(PERPLEXITY, perplexity);
    for (int t = 0; t < turns && count > 1; t++) {
      if ((t & CHECK) == CHECK && spent() > SHARE) {
        break;
      }
      cursor = (cursor + 1) % count;
      turn(live[cursor], k, narrow);
    }
    for (int s = 0; s < count; s++) {
      // Newborn units cannot wait for their turn.
      if (neighbours.count(live[s]) == 0) {
        turn(live[s], k, narrow);
      }
    }
  }

  @Override
  public void tick(int steps) {
    super.tick(STEPS * steps);
  }

  private void turn(int i, int k, float perplexity) {
    if (!sketch.known(i)) {
      return;
    }
    neighbours.dismiss(i, slot);
    float change = neighbours.renew(sketch, i);
    if (!probed) {
      movement.stream(i, change, quality.trend());
    }
    int strangers = neighbours.count(i) < k ? FIRST_STRANGERS : STRANGERS;
    for (int c = 0; c < strangers; c++) {
      meet(i, live[random(count)], k);
    }
    for (int n = 0; n < NEIGHBOURS; n++) {
      int j = neighbours.neighbour(i, random(neighbours.count(i)));
      for (int c = 0; c < THEIRS && neighbours.count(j) > 0; c++) {
        meet(i, neighbours.neighbour(j, random(neighbours.count(j))), k);
      }
    }
    affinities.calibrate(neighbours, i, perplexity);
  }

  private void meet(int i, int j, int k) {
    if (i != j && slot[j] >= 0 && sketch.known(j) && !neighbours.has(i, j)) {
      float d = sketch.distance(i, j);
      neighbours.offer(i, j, d, k);
      neighbours.offer(j, i, d, k);
    }
  }

  /** Xorshift (Marsaglia 2003), then the multiplication that needs no division (Lemire 2019). */
  private int random(int below) {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    return (int) (((random & 0xFFFFFFFFL) * below) >>> 32);
  }

  /** None: a place is judged by all units, which costs too much here. */
  @Override
  void relocate(float exaggeration) {}
}
