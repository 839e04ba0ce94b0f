package dev.alidade.benchmarks;

/**
 * Trustworthiness, continuity and neighbours kept at k = 10 (Venna and Kaski 2001) by the cosine of
 * given observations, written down as defined and apart from the product's own. At most 256 units
 * are judged at a time, evenly strided, others at another tick.
 */
final class MapJudge {
  private static final int K = 10;
  private static final int JUDGED = 256;

  private double trust;
  private double continuity;
  private double kept;
  private double moved;
  private int maps;
  private int moves;
  private int turn;

  /** Judges positions, [units x 2], by observations, [rows x units]. */
  void judge(float[] observations, int rows, int units, float[] positions) {
    int[] live = live(observations, rows, units);
    int n = live.length;
    double[] norm = norms(observations, rows, units, live);
    int stride = Math.max(1, n / JUDGED);
    turn = (turn + 1) % stride;
    double intruders = 0;
    double lost = 0;
    double common = 0;
    int judged = 0;
    double[] near = new double[n];
    double[] seen = new double[n];
    for (int i = turn; i < n; i += stride) {
      fill(observations, rows, units, live, norm, i, near);
      for (int j = 0; j < n; j++) {
        double dx = positions[2 * live[j]] - positions[2 * live[i]];
        double dy = positions[2 * live[j] + 1] - positions[2 * live[i] + 1];
        seen[j] = j == i ? Double.MAX_VALUE : dx * dx + dy * dy;
      }
      int[] inside = nearest(near);
      int[] outside = nearest(seen);
      intruders += excess(near, outside);
      lost += excess(seen, inside);
      common += common(inside, outside);
      judged++;
    }
    double scale = 2.0 / ((double) judged * K * (2.0 * n - 3 * K - 1));
    trust += 1 - scale * intruders;
    continuity += 1 - scale * lost;
    kept += common / (judged * K);
    maps++;
  }

  /** Notes how far the units moved from one map to another, in RMS radii. */
  void move(float[] from, float[] to, byte[] states) {
    double sum = 0;
    double square = 0;
    int n = 0;
    for (int i = 0; i < states.length; i++) {
      if (states[i] != 1) {
        sum += Math.hypot(to[2 * i] - from[2 * i], to[2 * i + 1] - from[2 * i + 1]);
        square += (double) to[2 * i] * to[2 * i] + (double) to[2 * i + 1] * to[2 * i + 1];
        n++;
      }
    }
    moved += sum / n / Math.sqrt(square / n);
    moves++;
  }

  /** A table's cells: trustworthiness, continuity, kept, displacement. */
  String cells() {
    return String.format(
        "%.3f | %.3f | %.2f | %s",
        trust / maps,
        continuity / maps,
        kept / maps,
        moves == 0 ? "" : String.format("%.2f %%", 100 * moved / moves));
  }

  private static int[] live(float[] observations, int rows, int units) {
    int[] live = new int[units];
    int n = 0;
    for (int i = 0; i < units; i++) {
      boolean varies = false;
      for (int r = 1; r < rows && !varies; r++) {
        varies = observations[r * units + i] != observations[i];
      }
      live[n] = i;
      n += varies ? 1 : 0;
    }
    return java.util.Arrays.copyOf(live, n);
  }

  private static double[] norms(float[] observations, int rows, int units, int[] live) {
    double[] norm = new double[live.length];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < live.length; j++) {
        double v = observations[r * units + live[j]];
        norm[j] += v * v;
      }
    }
    for (int j = 0; j < norm.length; j++) {
      norm[j] = 1 / Math.sqrt(norm[j]);
    }
    return norm;
  }

  private static void fill(
      float[] observations, int rows, int units, int[] live, double[] norm, int i, double[] out) {
    java.util.Arrays.fill(out, 0);
    for (int r = 0; r < rows; r++) {
      double own = observations[r * units + live[i]];
      for (int j = 0; own != 0 && j < live.length; j++) {
        out[j] += own * observations[r * units + live[j]];
      }
    }
    for (int j = 0; j < live.length; j++) {
      out[j] = j == i ? Double.MAX_VALUE : 1 - out[j] * norm[i] * norm[j];
    }
  }

  private static int[] nearest(double[] row) {
    int[] found = new int[K];
    double[] best = new double[K];
    java.util.Arrays.fill(best, Double.MAX_VALUE);
    for (int j = 0; j < row.length; j++) {
      int at = K;
      while (at > 0 && row[j] < best[at - 1]) {
        at--;
        if (at + 1 < K) {
          best[at + 1] = best[at];
          found[at + 1] = found[at];
        }
      }
      if (at < K) {
        best[at] = row[j];
        found[at] = j;
      }
    }
    return found;
  }

  private static double excess(double[] row, int[] members) {
    double sum = 0;
    for (int member : members) {
      int before = 0;
      for (double d : row) {
        before += d < row[member] ? 1 : 0;
      }
      sum += Math.max(0, before + 1 - K);
    }
    return sum;
  }

  private static int common(int[] inside, int[] outside) {
    int n = 0;
    for (int i : inside) {
      for (int j : outside) {
        n += i == j ? 1 : 0;
      }
    }
    return n;
  }
}
