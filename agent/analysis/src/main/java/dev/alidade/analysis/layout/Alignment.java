package dev.alidade.analysis.layout;

/**
 * Turns one layer's map so that its groups lie where they lie in the layer before, which makes maps
 * side by side comparable. A group lies at the mean of the positions of its units, weighted by the
 * positive part of its profile; the turn is the rotation, with or without a reflection, that brings
 * those places closest to those of the layer before (orthogonal Procrustes in the plane, without
 * translation).
 *
 * <p>It is calm: within five degrees it stays; beyond, a tenth of the way is turned each tick; a
 * reflection, which cannot be eased, waits until it has been better by a tenth for five ticks.
 * Where the two layers' groups have nothing to do with each other it stays as it is. Not thread
 * safe.
 */
public final class Alignment {
  private static final double STILL = Math.toRadians(5);
  private static final double EASE = 0.1;
  private static final double BETTER = 0.1;
  private static final double RELATED = 0.2;
  private static final int PATIENCE = 5;
  private static final byte DEAD = 1;

  private double[] x = {};
  private double[] y = {};
  private boolean[] known = {};
  private double angle;
  private double mirror = 1;
  private boolean isFitted;
  private int better;

  /**
   * Finds the places of the groups.
   *
   * @param positions [units x 2], about the origin
   * @param states per unit; those of state 1 are dead and have no say
   * @param profiles [groups x units]
   */
  public void place(float[] positions, byte[] states, float[] profiles, int groups, int units) {
    if (x.length != groups) {
      x = new double[groups];
      y = new double[groups];
      known = new boolean[groups];
    }
    for (int group = 0; group < groups; group++) {
      double sumX = 0;
      double sumY = 0;
      double weights = 0;
      for (int unit = 0; unit < units; unit++) {
        double weight = states[unit] == DEAD ? 0 : Math.max(0, profiles[group * units + unit]);
        sumX += weight * positions[2 * unit];
        sumY += weight * positions[2 * unit + 1];
        weights += weight;
      }
      known[group] = weights > 0;
      x[group] = weights > 0 ? sumX / weights : 0;
      y[group] = weights > 0 ? sumY / weights : 0;
    }
  }

  /** Moves the turn on by one tick towards the layer before, whose own turn counts. */
  public void follow(Alignment before) {
    Match plain = match(before, 1);
    Match mirrored = match(before, -1);
    Match same = mirror > 0 ? plain : mirrored;
    Match other = mirror > 0 ? mirrored : plain;
    if (Math.max(plain.score, mirrored.score) < RELATED) {
      return;
    }
    if (!isFitted) {
      isFitted = true;
      adopt(other.score > same.score ? other : same);
      return;
    }
    better = other.score > same.score + BETTER ? better + 1 : 0;
    if (better >= PATIENCE) {
      better = 0;
      adopt(other);
      return;
    }
    double left = Math.IEEEremainder(same.angle - angle, 2 * Math.PI);
    if (same.score >= RELATED && Math.abs(left) > STILL) {
      angle = Math.IEEEremainder(angle + EASE * left, 2 * Math.PI);
    }
  }

  private void adopt(Match match) {
    angle = match.angle;
    mirror = match.mirror;
  }

  /** The best turn of one handedness, and how well the groups then agree: 1 is the same places. */
  private record Match(double angle, double mirror, double score) {}

  private Match match(Alignment before, double handed) {
    double along = 0;
    double across = 0;
    double own = 0;
    double theirs = 0;
    for (int group = 0; group < Math.min(x.length, before.x.length); group++) {
      if (known[group] && before.known[group]) {
        double targetX = before.turnedX(before.x[group], before.y[group]);
        double targetY = before.turnedY(before.x[group], before.y[group]);
        double py = handed * y[group];
        along += x[group] * targetX + py * targetY;
        across += x[group] * targetY - py * targetX;
        own += x[group] * x[group] + y[group] * y[group];
        theirs += targetX * targetX + targetY * targetY;
      }
    }
    double size = Math.sqrt(own * theirs);
    double score = size > 1e-12 ? Math.hypot(along, across) / size : 0;
    return new Match(Math.atan2(across, along), handed, score);
  }

  private double turnedX(double px, double py) {
    return Math.cos(angle) * px - Math.sin(angle) * mirror * py;
  }

  private double turnedY(double px, double py) {
    return Math.sin(angle) * px + Math.cos(angle) * mirror * py;
  }

  /** 2 x 2, row-major: multiplies positions from the left. */
  public float[] pose() {
    float c = (float) Math.cos(angle);
    float s = (float) Math.sin(angle);
    return new float[] {c, (float) (-s * mirror), s, (float) (c * mirror)};
  }

  /** Whether at least two groups have a place, so that there is something to align by. */
  public boolean isPlaced() {
    int count = 0;
    for (boolean each : known) {
      count += each ? 1 : 0;
    }
    return count > 1;
  }
}
