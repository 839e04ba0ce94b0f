package dev.alidade.analysis.layout;

/**
 * What is shown: positions that follow the solver's, in a fixed pose and in units of the map's RMS
 * radius, no faster than each unit's activity changed.
 *
 * <p>Unit i may move δ_i (k + r·min(gap_i, g₀)) + floor per tick, gap_i how far it is behind. A
 * unit whose activity did not change moves by the floor at most. The scale is one for both axes and
 * eased. Dead units are parked on a rim outside the live ones, in the direction in which they died.
 */
final class Publisher {
  private static final float SPEED = 0.4f;
  private static final float CATCH_UP = 4;
  private static final float CATCH_UP_GAP = 0.5f;
  private static final float FLOOR = 0.002f;
  private static final float PARKING_SPEED = 0.1f;
  private static final float RIM = 1.12f;
  private static final float SCALE_EASE = 0.1f;
  private static final float GOLDEN_ANGLE = 2.4f;

  private final int units;
  private final float[] positions;
  private final float[] moves;
  private final boolean[] shown;
  private final Pose pose = new Pose();
  private final float[] fromX;
  private final float[] fromY;
  private final float[] toX;
  private final float[] toY;
  private float scale;
  private float rim;
  private float radius;
  private boolean placed;

  Publisher(int units) {
    this.units = units;
    positions = new float[2 * units];
    moves = new float[units];
    shown = new boolean[units];
    fromX = new float[units];
    fromY = new float[units];
    toX = new float[units];
    toY = new float[units];
  }

  /** Follows the solver's first n slots; {@code free} lets every unit go all the way at once. */
  void follow(int[] live, int n, float[] x, float[] y, float[] delta, boolean free) {
    fit(live, n, x, y);
    rescale(n, x, y, free);
    radius = radius(live, n);
    float inverse = 1 / scale;
    for (int s = 0; s < n; s++) {
      int i = live[s];
      float tx = pose.x(x[s], y[s]) * inverse;
      float ty = pose.y(x[s], y[s]) * inverse;
      float limit = Float.MAX_VALUE;
      if (placed && !free) {
        limit = shown[i] ? limit(i, tx, ty, delta[i]) : PARKING_SPEED;
      }
      shown[i] |= approach(i, tx, ty, limit);
    }
    placed |= n > 0;
  }

  private float limit(int i, float tx, float ty, float delta) {
    float gap = (float) Math.hypot(tx - positions[2 * i], ty - positions[2 * i + 1]);
    return delta * (SPEED + CATCH_UP * Math.min(gap, CATCH_UP_GAP)) + FLOOR * radius;
  }

  /** RMS radius of the live units as they are shown. */
  private float radius(int[] live, int n) {
    double square = 0;
    for (int s = 0; s < n; s++) {
      float px = positions[2 * live[s]];
      float py = positions[2 * live[s] + 1];
      square += (double) px * px + (double) py * py;
    }
    return (float) Math.sqrt(square / Math.max(n, 1));
  }

  private void fit(int[] live, int n, float[] x, float[] y) {
    int known = 0;
    for (int s = 0; s < n; s++) {
      int i = live[s];
      if (shown[i]) {
        fromX[known] = x[s];
        fromY[known] = y[s];
        toX[known] = positions[2 * i];
        toY[known++] = positions[2 * i + 1];
      }
    }
    if (known > 1) {
      pose.fit(known, fromX, fromY, toX, toY);
    } else {
      pose.centre(n, x, y);
    }
  }

  private void rescale(int n, float[] x, float[] y, boolean free) {
    double square = 0;
    for (int s = 0; s < n; s++) {
      float px = pose.x(x[s], y[s]);
      float py = pose.y(x[s], y[s]);
      square += (double) px * px + (double) py * py;
    }
    float rms = n > 0 ? (float) Math.sqrt(square / n) : 0;
    if (!(rms > 1e-12f)) {
      rms = scale > 0 ? scale : 1;
    }
    boolean at = free || !(scale > 0);
    scale = at ? rms : scale * (float) Math.exp(SCALE_EASE * Math.log(rms / scale));
  }

  /** Moves unit i towards the target, at most {@code limit}; true when it is there. */
  private boolean approach(int i, float tx, float ty, float limit) {
    float dx = tx - positions[2 * i];
    float dy = ty - positions[2 * i + 1];
    float gap = (float) Math.sqrt(dx * dx + dy * dy);
    if (gap <= limit) {
      positions[2 * i] = tx;
      positions[2 * i + 1] = ty;
      moves[i] = gap;
      return true;
    }
    positions[2 * i] += dx * (limit / gap);
    positions[2 * i + 1] += dy * (limit / gap);
    moves[i] = limit;
    return false;
  }

  /** Moves the dead towards the rim. */
  void park(boolean[] alive, boolean free) {
    float reach = 0;
    for (int i = 0; i < units; i++) {
      // A unit on its way from the rim must not push the rim out.
      if (alive[i] && shown[i]) {
        reach = Math.max(reach, (float) Math.hypot(positions[2 * i], positions[2 * i + 1]));
      }
    }
    float wanted = RIM * Math.max(reach, 0.5f);
    rim = free || rim == 0 ? wanted : rim + clamp(wanted - rim, FLOOR);
    for (int i = 0; i < units; i++) {
      if (!alive[i]) {
        park(i, free);
      }
    }
  }

  private void park(int i, boolean free) {
    float px = positions[2 * i];
    float py = positions[2 * i + 1];
    float radius = (float) Math.sqrt(px * px + py * py);
    float cx = radius > 1e-6f ? px / radius : (float) Math.cos(GOLDEN_ANGLE * i);
    float cy = radius > 1e-6f ? py / radius : (float) Math.sin(GOLDEN_ANGLE * i);
    approach(i, cx * rim, cy * rim, free ? Float.MAX_VALUE : PARKING_SPEED);
    shown[i] = false;
  }

  private static float clamp(float v, float most) {
    return Math.max(-most, Math.min(most, v));
  }

  float[] positions() {
    return positions;
  }

  /** How far unit i moved in the last tick. */
  float move(int i) {
    return moves[i];
  }
}
