package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * How true and how calm the shown map is: trustworthiness and continuity at k = 10 (Venna and Kaski
 * 2001), neighbours kept, displacement, and drift of the distances themselves.
 *
 * <p>Up to {@value #EXACT} live units every unit is judged at each tick, above it every eighth in
 * turn, and above 2,048 as many as half a million distances allow, averaged over some ticks. A
 * unit's ranks are counted among those units only that can come before its ten neighbours.
 */
final class Quality {
  static final int K = 10;
  private static final int EXACT = 512;
  private static final int STRIDE = 8;
  private static final double FADE = 0.8;
  private static final int MOST_PAIRS = 1 << 19;
  private static final int PAIRS = 2048;

  private final Kernels kernels;
  private final int units;
  private final float[] near;
  private final float[] seen;
  private final float[] offset;
  private final float[] smaller;
  private final int[] which;
  private final int[] inside = new int[K];
  private final int[] outside = new int[K];
  private final float[] best = new float[K];
  private final float[] moves;
  private final Drift drift;
  private int turn;
  private float trustworthiness = 1;
  private float continuity = 1;
  private float kept = 1;
  private float error;
  private double trusts;
  private double squares;
  private double continuities;
  private double keeps;
  private double judged;
  private float displacement;
  private float displacementP95;

  Quality(int units, Kernels kernels) {
    this.kernels = kernels;
    this.units = units;
    near = new float[units];
    seen = new float[units];
    offset = new float[units];
    smaller = new float[units];
    which = new int[units];
    moves = new float[units];
    drift = new Drift(units, PAIRS);
  }

  void measure(Likeness likeness, int[] live, int n, boolean[] alive, Publisher publisher) {
    neighbourhoods(likeness, live, n, alive, publisher.positions());
    displacement(live, n, publisher);
    drift.measure(likeness, alive);
  }

  private void neighbourhoods(
      Likeness likeness, int[] live, int n, boolean[] alive, float[] positions) {
    int k = Math.min(K, (n - 1) / 2);
    if (k < 1) {
      trustworthiness = 1;
      continuity = 1;
      kept = 1;
      error = 0;
      return;
    }
    for (int j = 0; j < units; j++) {
      offset[j] = alive[j] ? 0 : Float.MAX_VALUE;
    }
    int stride = n <= EXACT ? 1 : Math.max(STRIDE, (int) ((long) n * n / MOST_PAIRS));
    turn = (turn + 1) % stride;
    // With so few units judged, those of earlier ticks count too, less and less.
    fade(stride > STRIDE ? FADE : 0);
    double norm = 2.0 / (k * (2.0 * n - 3.0 * k - 1));
    for (int s = turn; s < n; s += stride) {
      rows(likeness, live[s], positions);
      nearest(near, k, inside);
      nearest(seen, k, outside);
      double trust = 1 - norm * excess(near, outside, k);
      trusts += trust;
      squares += trust * trust;
      continuities += 1 - norm * excess(seen, inside, k);
      keeps += (double) common(k) / k;
      judged++;
    }
    trustworthiness = (float) (trusts / judged);
    continuity = (float) (continuities / judged);
    kept = (float) (keeps / judged);
    double variance = Math.max(0, squares / judged - (double) trustworthiness * trustworthiness);
    error = stride == 1 ? 0 : (float) Math.sqrt(variance / judged);
  }

  private void fade(double share) {
    trusts *= share;
    squares *= share;
    continuities *= share;
    keeps *= share;
    judged *= share;
  }

  /** Standard error of the trustworthiness, by the sampling of units; 0 when all are judged. */
  float error() {
    return error;
  }

  private void rows(Likeness likeness, int i, float[] positions) {
    float own = offset[i];
    offset[i] = Float.MAX_VALUE;
    likeness.distances(i, offset, near);
    float x = positions[2 * i];
    float y = positions[2 * i + 1];
    for (int j = 0; j < units; j++) {
      float dx = positions[2 * j] - x;
      float dy = positions[2 * j + 1] - y;
      seen[j] = dx * dx + dy * dy + offset[j];
    }
    offset[i] = own;
  }

  private void nearest(float[] row, int k, int[] out) {
    Arrays.fill(best, Float.MAX_VALUE);
    for (int j = kernels.next(row, 0, units, Float.MAX_VALUE); j < units; ) {
      float d = row[j];
      int at = k - 1;
      while (at > 0 && best[at - 1] > d) {
        best[at] = best[at - 1];
        out[at] = out[at - 1];
        at--;
      }
      best[at] = d;
      out[at] = j;
      j = kernels.next(row, j + 1, units, best[k - 1]);
    }
  }

  /** Σ over the given units of how far their rank by {@code row} lies beyond k. */
  private long excess(float[] row, int[] members, int k) {
    float most = 0;
    for (int e = 0; e < k; e++) {
      most = Math.max(most, row[members[e]]);
    }
    int n = Select.below(row, units, most, which, smaller);
    long sum = 0;
    for (int e = 0; e < k; e++) {
      float d = row[members[e]];
      int before = 0;
      for (int j = 0; j < n; j++) {
        before += smaller[j] < d ? 1 : 0;
      }
      sum += Math.max(0, before + 1 - k);
    }
    return sum;
  }

  private int common(int k) {
    int n = 0;
    for (int e = 0; e < k; e++) {
      for (int f = 0; f < k; f++) {
        n += inside[e] == outside[f] ? 1 : 0;
      }
    }
    return n;
  }

  private void displacement(int[] live, int n, Publisher publisher) {
    double sum = 0;
    double square = 0;
    float[] p = publisher.positions();
    for (int s = 0; s < n; s++) {
      int i = live[s];
      moves[s] = publisher.move(i);
      sum += moves[s];
      square += (double) p[2 * i] * p[2 * i] + (double) p[2 * i + 1] * p[2 * i + 1];
    }
    if (n == 0 || !(square > 0)) {
      displacement = 0;
      displacementP95 = 0;
      return;
    }
    double rms = Math.sqrt(square / n);
    displacement = (float) (sum / n / rms);
    displacementP95 = (float) (Select.smallest(moves, n, (int) (0.95 * (n - 1))) / rms);
  }

  /** Whether the distances change steadily (1) or as noise does (0). */
  float trend() {
    return drift.trend();
  }

  MapQuality result(long tickNanos) {
    return new MapQuality(
        trustworthiness, continuity, kept, displacement, displacementP95, drift.value(), tickNanos);
  }
}
