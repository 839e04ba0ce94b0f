package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * The map of a large layer: some units, the landmarks, are laid out exactly, and every other unit
 * is put among the three landmarks it is most alike. Cost and memory are those of the landmarks
 * plus a share linear in the units: {@value #TURN} of the others look for their company anew in
 * each tick.
 *
 * <p>The landmarks are drawn from the units that vary in the first batch, and stay.
 */
final class LandmarkMap implements Engine {
  private static final int TURN = 1024;
  private static final int ROWS = 128;
  private static final int COMPANY = 3;
  private static final float LOYALTY = 1.05f;
  private static final float SPEED = 0.05f;
  private static final float SPREAD = 0.03f;
  private static final float RIM = 1.12f;

  private final int units;
  private final ExactMap core;
  private final Batch batch;
  private final Vitality vitality;
  private final int[] landmark;
  private final boolean[] isLandmark;
  private final int[] company;
  private final boolean[] placed;
  private final float[] positions;
  private final byte[] states;
  private final float[] likeness;
  private final float[] inverseNorm;
  private final int[] best = new int[COMPANY];
  private float[] gathered = new float[0];
  private boolean chosen;
  private boolean observed;
  private int turn;
  private long ticks;
  private long tickNanos;

  LandmarkMap(int units, int landmarks, LiveLayout.Options options, Kernels kernels) {
    this.units = units;
    core = new ExactMap(landmarks, options, kernels);
    batch = new Batch(units);
    vitality = new Vitality(units);
    landmark = new int[landmarks];
    isLandmark = new boolean[units];
    company = new int[COMPANY * units];
    placed = new boolean[units];
    positions = new float[2 * units];
    states = new byte[units];
    likeness = new float[landmarks];
    inverseNorm = new float[landmarks];
    Arrays.fill(company, -1);
    Arrays.fill(states, Vitality.DEAD);
  }

  @Override
  public void fold(float[] observations, int rows) {
    core.fold(gather(observations, rows), rows);
  }

  @Override
  public void probe(float[] observations, int rows) {
    core.probe(gather(observations, rows), rows);
  }

  private float[] gather(float[] observations, int rows) {
    batch.load(observations, rows, ROWS);
    vitality.observe(batch);
    observed = true;
    if (!chosen) {
      choose();
    }
    int m = landmark.length;
    if (gathered.length < rows * m) {
      gathered = new float[rows * m];
    }
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < m; k++) {
        gathered[r * m + k] = observations[r * units + landmark[k]];
      }
    }
    return gathered;
  }

  /**
   * Draws from those that vary (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S), by a
   * hash and not by a stride, which would alias with a periodic layer; when they are too few, the
   * first of the rest too.
   */
  private void choose() {
    vitality.settle();
    int m = landmark.length;
    int varying = 0;
    for (int i = 0; i < units; i++) {
      varying += vitality.alive[i] ? 1 : 0;
    }
    int taken = 0;
    int left = varying;
    for (int i = 0; i < units && taken < m; i++) {
      if (vitality.alive[i]) {
        float chance = (Start.hash(i, 8) + 1) / 2;
        taken = chance * left < m - taken ? take(i, taken) : taken;
        left--;
      }
    }
    for (int i = 0; i < units && taken < m; i++) {
      taken = isLandmark[i] ? taken : take(i, taken);
    }
    chosen = true;
  }

  private int take(int i, int taken) {
    landmark[taken] = i;
    isLandmark[i] = true;
    return taken + 1;
  }

  @Override
  public void tick(int steps) {
    long start = System.nanoTime();
    core.tick(steps);
    vitality.settle();
    if (observed) {
      norms();
      for (int c = 0; c < Math.min(TURN, units); c++) {
        turn = (turn + 1) % units;
        if (!isLandmark[turn] && vitality.alive[turn]) {
          seek(turn);
        }
      }
      observed = false;
    }
    float reach = showLandmarks();
    for (int i = 0; i < units; i++) {
      if (!isLandmark[i]) {
        follow(i, RIM * Math.max(reach, 0.5f));
      }
    }
    ticks++;
    tickNanos = System.nanoTime() - start;
  }

  private void norms() {
    Batch of = core.batch();
    Arrays.fill(inverseNorm, 0);
    for (int r = 0; r < of.rows; r++) {
      for (int k = 0; k < inverseNorm.length; k++) {
        inverseNorm[k] += of.values[r][k] * of.values[r][k];
      }
    }
    for (int k = 0; k < inverseNorm.length; k++) {
      boolean joins = inverseNorm[k] > 0 && core.states()[k] != Vitality.DEAD;
      inverseNorm[k] = joins ? (float) (1 / Math.sqrt(inverseNorm[k])) : 0;
    }
  }

  /** Finds the landmarks unit i is most alike; it changes company only for a better one. */
  private void seek(int i) {
    compare(i);
    Arrays.fill(best, -1);
    for (int k = 0; k < likeness.length; k++) {
      int at = COMPANY;
      while (at > 0 && (best[at - 1] < 0 || likeness[best[at - 1]] < likeness[k])) {
        at--;
      }
      for (int e = COMPANY - 1; e > at; e--) {
        best[e] = best[e - 1];
      }
      if (at < COMPANY) {
        best[at] = k;
      }
    }
    float now = 0;
    float then = 0;
    for (int e = 0; e < COMPANY; e++) {
      int old = company[COMPANY * i + e];
      now += likeness[best[e]];
      then += old < 0 ? 0 : likeness[old];
    }
    if (company[COMPANY * i] < 0 || now > LOYALTY * then) {
      System.arraycopy(best, 0, company, COMPANY * i, COMPANY);
    }
  }

  /** Cosines with all landmarks over the rows that both batches hold. */
  private void compare(int i) {
    Batch of = core.batch();
    Arrays.fill(likeness, 0);
    for (int r = 0; r < batch.rows; r++) {
      float a = batch.values[r][i];
      if (a != 0) {
        add(a, of.values[(int) ((long) r * of.rows / batch.rows)], likeness);
      }
    }
    for (int k = 0; k < likeness.length; k++) {
      likeness[k] *= inverseNorm[k];
    }
  }

  private static void add(float a, float[] row, float[] out) {
    for (int k = 0; k < out.length; k++) {
      out[k] += a * row[k];
    }
  }

  private float showLandmarks() {
    float reach = 0;
    float[] from = core.positions();
    for (int k = 0; k < landmark.length; k++) {
      int i = landmark[k];
      positions[2 * i] = from[2 * k];
      positions[2 * i + 1] = from[2 * k + 1];
      states[i] = core.states()[k];
      if (states[i] != Vitality.DEAD) {
        reach = Math.max(reach, (float) Math.hypot(from[2 * k], from[2 * k + 1]));
      }
    }
    return reach;
  }

  /** Moves unit i towards its company, or to the rim when it has none or is dead. */
  private void follow(int i, float rim) {
    states[i] = vitality.states[i];
    boolean joined = states[i] != Vitality.DEAD && company[COMPANY * i] >= 0;
    float tx = 0;
    float ty = 0;
    if (joined) {
      float[] from = core.positions();
      for (int e = 0; e < COMPANY; e++) {
        int k = company[COMPANY * i + e];
        tx += from[2 * k] / COMPANY;
        ty += from[2 * k + 1] / COMPANY;
      }
      tx += SPREAD * Start.hash(i, 1);
      ty += SPREAD * Start.hash(i, 2);
    } else {
      double angle = Math.PI * Start.hash(i, 3);
      tx = rim * (float) Math.cos(angle);
      ty = rim * (float) Math.sin(angle);
    }
    float dx = tx - positions[2 * i];
    float dy = ty - positions[2 * i + 1];
    float gap = (float) Math.sqrt(dx * dx + dy * dy);
    boolean bound = placed[i] && ticks > ExactMap.WARM_UP_TICKS;
    float share = bound && gap > SPEED ? SPEED / gap : 1;
    positions[2 * i] += dx * share;
    positions[2 * i + 1] += dy * share;
    placed[i] |= joined;
  }

  @Override
  public float[] positions() {
    return positions;
  }

  @Override
  public byte[] states() {
    return states;
  }

  @Override
  public MapQuality quality() {
    MapQuality q = core.quality();
    return new MapQuality(
        q.trustworthiness(),
        q.continuity(),
        q.kept(),
        q.displacement(),
        q.displacementP95(),
        q.drift(),
        tickNanos);
  }
}
