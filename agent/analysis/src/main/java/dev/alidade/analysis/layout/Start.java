package dev.alidade.analysis.layout;

/**
 * Where the map begins: the first two principal components of the units' normalised activity, by
 * orthogonal iteration on the centred matrix of cosines. Deterministic, and started from properties
 * of the units so that their order does not matter.
 */
final class Start {
  private static final int ROUNDS = 12;
  private static final float JITTER = 1e-2f;

  private Start() {}

  /** Writes the positions of the first n live units, of RMS radius 1, into x and y; z is jitter. */
  static void place(Likeness likeness, int[] live, int n, float[] x, float[] y, float[] z) {
    float[] sine = new float[n];
    float[] next = new float[n];
    likeness.seed(live, n, x, y);
    for (int t = 0; t < ROUNDS; t++) {
      orthonormal(n, x, y);
      multiply(likeness, live, n, x, next);
      multiply(likeness, live, n, y, sine);
      System.arraycopy(next, 0, x, 0, n);
      System.arraycopy(sine, 0, y, 0, n);
    }
    centre(n, x);
    centre(n, y);
    double square = 0;
    for (int i = 0; i < n; i++) {
      square += x[i] * x[i] + y[i] * y[i];
    }
    float scale = square > 1e-12 ? (float) Math.sqrt(n / square) : 0;
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * scale + JITTER * hash(i, 1);
      y[i] = y[i] * scale + JITTER * hash(i, 2);
      z[i] = 10 * JITTER * hash(i, 3);
    }
  }

  private static void multiply(Likeness likeness, int[] live, int n, float[] v, float[] out) {
    centre(n, v);
    likeness.multiply(live, n, v, out);
    centre(n, out);
  }

  private static void orthonormal(int n, float[] x, float[] y) {
    centre(n, x);
    centre(n, y);
    normalise(n, x);
    double dot = 0;
    for (int i = 0; i < n; i++) {
      dot += (double) x[i] * y[i];
    }
    for (int i = 0; i < n; i++) {
      y[i] -= (float) (dot * x[i]);
    }
    normalise(n, y);
  }

  private static void normalise(int n, float[] v) {
    double square = 0;
    for (int i = 0; i < n; i++) {
      square += (double) v[i] * v[i];
    }
    float scale = square > 1e-30 ? (float) (1 / Math.sqrt(square)) : 0;
    for (int i = 0; i < n; i++) {
      v[i] *= scale;
    }
  }

  private static void centre(int n, float[] v) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += v[i];
    }
    float mean = (float) (sum / Math.max(n, 1));
    for (int i = 0; i < n; i++) {
      v[i] -= mean;
    }
  }

  /** A fixed number in [−1, 1) for a slot and a salt: keeps duplicates from sharing one point. */
  static float hash(int i, int salt) {
    int h = i * 0x9E3779B9 + salt * 0x85EBCA6B;
    h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
    h = (h ^ (h >>> 12)) * 0x297A2D39;
    return (h ^ (h >>> 15)) * 0x1p-31f;
  }
}
