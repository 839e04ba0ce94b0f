package dev.alidade.analysis.layout;

/**
 * One batch of observations, a row of unit values each, made finite: the one copy that the other
 * parts read.
 */
final class Batch {
  private static final float LARGE = 1e6f;

  final int units;
  float[][] values = new float[0][];
  int rows;

  Batch(int units) {
    this.units = units;
  }

  /**
   * Takes at most {@code most} evenly strided rows over. What is not finite becomes zero, since one
   * such value would stay in an exponential average for ever.
   */
  void load(float[] observations, int given, int most) {
    rows = Math.min(given, most);
    if (values.length < rows) {
      values = new float[rows][units];
    }
    float largest = 0;
    for (int r = 0; r < rows; r++) {
      int from = (int) ((long) r * given / rows) * units;
      System.arraycopy(observations, from, values[r], 0, units);
      largest = Math.max(largest, clean(values[r]));
    }
    if (largest > LARGE) {
      for (int r = 0; r < rows; r++) {
        shrink(values[r], LARGE / largest);
      }
    }
  }

  /** Removes what is not finite; returns the largest magnitude above {@link #LARGE}, or zero. */
  private static float clean(float[] row) {
    float largest = 0;
    for (int i = 0; i < row.length; i++) {
      float a = Math.abs(row[i]);
      if (!(a <= LARGE)) {
        boolean finite = a <= Float.MAX_VALUE;
        row[i] = finite ? row[i] : 0;
        largest = Math.max(largest, finite ? a : 0);
      }
    }
    return largest;
  }

  private static void shrink(float[] row, float scale) {
    for (int i = 0; i < row.length; i++) {
      row[i] *= scale;
    }
  }
}
