package dev.alidade.analysis.layout.family;

import org.jspecify.annotations.Nullable;

/** Where an iterative family begins: an earlier map when there is one, else the principal plane. */
final class Start {
  private static final float JITTER = 1e-3f;

  private final float @Nullable [] warm;

  Start(float @Nullable [] warm) {
    this.warm = warm;
  }

  boolean isWarm() {
    return warm != null;
  }

  /** Positions of RMS radius {@code radius} about the origin, no two exactly alike. */
  void place(Vectors vectors, Work work, float radius, float[] x, float[] y) {
    int n = vectors.count;
    if (warm != null) {
      for (int i = 0; i < n; i++) {
        x[i] = finite(warm[2 * vectors.live[i]]);
        y[i] = finite(warm[2 * vectors.live[i] + 1]);
      }
    } else {
      float[][] scores = Principal.scores(vectors, 2, work);
      System.arraycopy(scores[0], 0, x, 0, n);
      System.arraycopy(scores[1], 0, y, 0, n);
    }
    if (!Plane.scale(n, x, y, radius)) {
      Plane.disc(n, x, y, radius);
    }
    for (int i = 0; i < n; i++) {
      x[i] += JITTER * radius * work.jitter();
      y[i] += JITTER * radius * work.jitter();
    }
  }

  private static float finite(float value) {
    return Float.isFinite(value) ? value : 0;
  }
}
