package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * Steps down the gradient: per-unit step lengths by swing and traction (Jacomy et al. 2014,
 * ForceAtlas2, section "speed"), a hidden third dimension under a penalty μ z²/2, and an anchor to
 * where each unit was when the tick began.
 *
 * <p>The anchor is taken implicitly, y ← (y − s·f + s·a·y₀) / (1 + s·a): stable for any weight a.
 */
final class Solver {
  private static final float LEAST_GAIN = 0.05f;
  private static final float MOST_GAIN = 20;
  private static final float MOST_STEP = 2;

  /** Keeps a unit off the plane: it must be able to leave it, and denormal numbers are slow. */
  private static final float LEAST_DEPTH = 1e-4f;

  private static final float LEAST_RADIUS = 0.3f;
  private static final float JITTER = 0.01f;
  private static final float LESS_EXAGGERATION = 0.9f;

  final Forces forces;
  final float[] gain;
  final float[] lastX;
  final float[] lastY;
  final float[] lastZ;
  final float[] anchor;
  private final float[] homeX;
  private final float[] homeY;
  private final float[] scratch;
  private float mostExaggeration = Float.MAX_VALUE;

  Solver(int units, Forces forces) {
    this.forces = forces;
    gain = new float[units];
    lastX = new float[units];
    lastY = new float[units];
    lastZ = new float[units];
    anchor = new float[units];
    homeX = new float[units];
    homeY = new float[units];
    scratch = new float[units];
    Arrays.fill(gain, 1);
  }

  /**
   * Re-orders the state: new slot s takes that of old slot from[s], or starts afresh when below 0.
   */
  void remap(int[] from, int n) {
    remap(forces.x, from, n, 0);
    remap(forces.y, from, n, 0);
    remap(forces.z, from, n, 0);
    remap(gain, from, n, 1);
    remap(lastX, from, n, 0);
    remap(lastY, from, n, 0);
    remap(lastZ, from, n, 0);
  }

  private void remap(float[] values, int[] from, int n, float fresh) {
    System.arraycopy(values, 0, scratch, 0, scratch.length);
    for (int s = 0; s < n; s++) {
      values[s] = from[s] < 0 ? fresh : scratch[from[s]];
    }
  }

  /** Puts slot s at the mean of its nearest companions that have a place already. */
  void place(int s, int[] live, int[] slot, int[] from, Neighbours neighbours, int companions) {
    float limit = 0;
    int i = live[s];
    int found = 0;
    float sumX = 0;
    float sumY = 0;
    for (int c = 0; c < companions; c++) {
      int e = neighbours.next(i, limit);
      if (e < 0) {
        break;
      }
      limit = neighbours.distance(i, e);
      int t = slot[neighbours.neighbour(i, e)];
      if (t >= 0 && from[t] >= 0) {
        sumX += forces.x[t];
        sumY += forces.y[t];
        found++;
      }
    }
    float share = found == 0 ? 0 : 1f / found;
    forces.x[s] = sumX * share + JITTER * Start.hash(i, 1);
    forces.y[s] = sumY * share + JITTER * Start.hash(i, 2);
    forces.z[s] = JITTER * Start.hash(i, 3);
  }

  /**
   * Takes {@code steps} steps with the first n slots.
   *
   * @param exaggeration of the attraction; lowered for good when it makes the map collapse
   */
  void run(int n, int steps, float rate, float exaggeration, float penalty) {
    System.arraycopy(forces.x, 0, homeX, 0, n);
    System.arraycopy(forces.y, 0, homeY, 0, n);
    if (steps > 0) {
      forces.load(n);
    }
    for (int t = 0; t < steps; t++) {
      float pull = Math.min(exaggeration, mostExaggeration);
      forces.compute(n, pull);
      for (int i = 0; i < n; i++) {
        step(i, rate, penalty);
      }
      if (spread(n)) {
        mostExaggeration = Math.max(1, LESS_EXAGGERATION * pull);
      }
    }
  }

  /**
   * Keeps the map from collapsing: few units, or units all equally far apart, attract each other
   * more than they repel, and only their shape means something.
   */
  private boolean spread(int n) {
    double sumX = 0;
    double sumY = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      sumX += forces.x[i];
      sumY += forces.y[i];
      square += (double) forces.x[i] * forces.x[i] + (double) forces.y[i] * forces.y[i];
    }
    double variance = (square - (sumX * sumX + sumY * sumY) / n) / n;
    if (variance >= LEAST_RADIUS * LEAST_RADIUS || n < 2) {
      return false;
    }
    float scale = (float) (LEAST_RADIUS / Math.sqrt(Math.max(variance, 1e-20)));
    float centreX = (float) (sumX / n);
    float centreY = (float) (sumY / n);
    for (int i = 0; i < n; i++) {
      forces.x[i] = (forces.x[i] - centreX) * scale;
      forces.y[i] = (forces.y[i] - centreY) * scale;
      still(i);
    }
    return true;
  }

  /** Forgets the way slot s was going. */
  void still(int s) {
    gain[s] = 1;
    lastX[s] = 0;
    lastY[s] = 0;
    lastZ[s] = 0;
  }

  private void step(int i, float rate, float penalty) {
    float gx = forces.fx[i];
    float gy = forces.fy[i];
    float gz = forces.fz[i] + penalty * forces.z[i];
    float sx = gx - lastX[i];
    float sy = gy - lastY[i];
    float sz = gz - lastZ[i];
    float tx = gx + lastX[i];
    float ty = gy + lastY[i];
    float tz = gz + lastZ[i];
    boolean steady = tx * tx + ty * ty + tz * tz > 4 * (sx * sx + sy * sy + sz * sz);
    gain[i] = Math.min(MOST_GAIN, Math.max(LEAST_GAIN, gain[i] * (steady ? 1.2f : 0.6f)));
    float size = (float) Math.sqrt(gx * gx + gy * gy + gz * gz);
    float s = rate * gain[i];
    s = s * size > MOST_STEP ? MOST_STEP / size : s;
    float hold = s * anchor[i];
    float share = 1 / (1 + hold);
    forces.x[i] = (forces.x[i] - s * gx + hold * homeX[i]) * share;
    forces.y[i] = (forces.y[i] - s * gy + hold * homeY[i]) * share;
    float z = forces.z[i] - s * gz;
    forces.z[i] = Math.copySign(Math.max(Math.abs(z), LEAST_DEPTH), z);
    lastX[i] = gx;
    lastY[i] = gy;
    lastZ[i] = gz;
  }
}
