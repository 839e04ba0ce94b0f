package dev.alidade.analysis.layout;

/**
 * The causal, incremental map of one layer's units: positions that follow the units' likeness while
 * a network trains, each tick a bounded amount of work.
 *
 * <pre>{@code
 * var layout = new LiveLayout(512, LiveLayout.Options.defaults());
 * layout.fold(observations, 128);        // [128 x 512] row-major, a fresh batch
 * layout.tick();
 * float[] xy = layout.positions();       // [512 x 2], in units of the map's RMS radius
 * }</pre>
 *
 * <p>Not thread safe. No allocation in the steady state. Up to 2,048 units all pairs are looked at,
 * in about 4·units² + 1.2 kB·units bytes; of more only candidate pairs, in about 5 kB·units.
 */
public final class LiveLayout {
  /**
   * What can be set.
   *
   * @param steps gradient steps per tick
   * @param perplexity effective number of neighbours that a unit's affinities spread over
   * @param retention share of the similarity estimate that a folded batch leaves in place
   * @param anchor weight of the anchor to the previous position
   * @param mostRows rows of a batch that are read; of more, evenly strided ones
   * @param tickMillis CPU time that a tick may take, which steps and searches fit into; 0: no bound
   */
  public record Options(
      int steps, float perplexity, float retention, float anchor, int mostRows, float tickMillis) {
    /** Checks the ranges. */
    public Options {
      require(steps >= 1, "steps must be at least 1: " + steps);
      require(perplexity >= 2, "perplexity must be at least 2: " + perplexity);
      require(
          retention >= 0 && retention < 1,
          "retention must be at least 0 and below 1: " + retention);
      require(anchor >= 0, "anchor must not be negative: " + anchor);
      require(mostRows >= 1, "mostRows must be at least 1: " + mostRows);
      require(tickMillis >= 0, "tickMillis must not be negative: " + tickMillis);
    }

    /** The values that meet the bars of the specification. */
    public static Options defaults() {
      return new Options(10, 30, 0.95f, 0.03f, 1024, 0);
    }
  }

  /** Units whose pairs are all looked at; of more, only candidate pairs. */
  static final int MOST_EXACT = 2048;

  private final int units;
  private final Options options;
  private final Kernels kernels;
  private final Engine engine;
  private long ticks;

  /** A map of {@code units} units; everything it needs is allocated here. */
  public LiveLayout(int units, Options options) {
    this(units, options, Kernels.best());
  }

  /** As above, with the inner loops given. */
  public LiveLayout(int units, Options options, Kernels kernels) {
    require(units >= 1, "units must be at least 1: " + units);
    this.units = units;
    this.options = options;
    this.kernels = kernels;
    engine =
        units <= MOST_EXACT
            ? new ExactMap(units, options, kernels)
            : new NearMap(units, options, kernels);
  }

  /** Folds a fresh batch, [rows x units] row-major, into the exponential average. */
  public void fold(float[] observations, int rows) {
    check(observations, rows);
    engine.fold(observations, rows);
  }

  /** Replaces the estimate by that of a probe: the same rows, in the same order, each time. */
  public void probe(float[] observations, int rows) {
    check(observations, rows);
    engine.probe(observations, rows);
  }

  private void check(float[] observations, int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1: " + rows);
    }
    long values = (long) rows * units;
    if (observations.length < values) {
      throw new IllegalArgumentException(
          "observations must hold rows x units = " + values + " values: " + observations.length);
    }
  }

  /** Works one tick with the steps of the options. */
  public void tick() {
    tick(options.steps());
  }

  /** Works one tick with {@code steps} gradient steps; the first ten take three times as many. */
  public void tick(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative: " + steps);
    }
    engine.tick(steps);
    ticks++;
  }

  /**
   * Bounds the CPU time of the ticks to come, as the option {@code tickMillis} does; the first ten
   * may take four times as long. At least one step is taken and every unit published: a bound below
   * that has no effect.
   */
  public void limit(float millis) {
    require(millis >= 0, "millis must not be negative: " + millis);
    engine.limit(millis);
  }

  /** The shown positions, [units x 2], in units of the map's RMS radius; owned by this object. */
  public float[] positions() {
    return engine.positions();
  }

  /** Per unit 0 alive, 1 dead, 2 newborn (UnitState of the wire); owned by this object. */
  public byte[] states() {
    return engine.states();
  }

  /** How good and how calm the map of the last tick is; sampled above 512 units. */
  public MapQuality quality() {
    return engine.quality();
  }

  /** Standard error of the last trustworthiness by the sampling of units; 0 when all are judged. */
  public float qualityError() {
    return engine.qualityError();
  }

  /** Name of the kernels that compute this map. */
  public String kernels() {
    return kernels.name();
  }

  /** Ticks so far. */
  public long ticks() {
    return ticks;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
