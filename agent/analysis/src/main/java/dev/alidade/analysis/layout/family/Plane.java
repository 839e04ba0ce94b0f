package dev.alidade.analysis.layout.family;

/** Scales and fallbacks of positions in the plane. */
final class Plane {
  private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

  private Plane() {}

  /** Centres and scales to an RMS radius; false, and nothing done, when all are one point. */
  static boolean scale(int n, float[] x, float[] y, float radius) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      meanX += x[i] / n;
      meanY += y[i] / n;
    }
    double square = 0;
    double size = 0;
    for (int i = 0; i < n; i++) {
      square += (x[i] - meanX) * (x[i] - meanX) + (y[i] - meanY) * (y[i] - meanY);
      size = Math.max(size, Math.max(Math.abs(x[i]), Math.abs(y[i])));
    }
    double rms = Math.sqrt(square / n);
    // Written so that NaN is one point too.
    if (!(rms > 1e-6 * size && rms > 1e-30 && rms < 1e30)) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      x[i] = (float) ((x[i] - meanX) / rms * radius);
      y[i] = (float) ((y[i] - meanY) / rms * radius);
    }
    return true;
  }

  /** Evenly over a disc, in the order of the units (Vogel 1979). */
  static void disc(int n, float[] x, float[] y, float radius) {
    for (int i = 0; i < n; i++) {
      double r = radius * Math.sqrt(2 * (i + 0.5) / n);
      x[i] = (float) (r * Math.cos(GOLDEN_ANGLE * i));
      y[i] = (float) (r * Math.sin(GOLDEN_ANGLE * i));
    }
  }
}
