package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * One batch of observations [rows x units], row-major, made finite and padded with zero rows to a
 * multiple of eight. The one copy that the other parts read.
 */
final class Batch {
  static final int BLOCK = 8;
  private static final float LARGE = 1e6f;

  final int units;
  float[] values = new float[0];
  int rows;
  int paddedRows;

  Batch(int units) {
    this.units = units;
  }

  /**
   * Takes at most {@code most} evenly strided rows over. What is not finite becomes zero, since one
   * such value would stay in an exponential average for ever.
   */
  void load(float[] observations, int given, int most) {
    rows = Math.min(given, most);
    paddedRows = (rows + BLOCK - 1) / BLOCK * BLOCK;
    if (values.length < paddedRows * units) {
      values = new float[paddedRows * units];
    }
    for (int r = 0; r < rows; r++) {
      int from = (int) ((long) r * given / rows) * units;
      System.arraycopy(observations, from, values, r * units, units);
    }
    int used = rows * units;
    Arrays.fill(values, used, paddedRows * units, 0);
    clean(used);
  }

  private void clean(int used) {
    float[] v = values;
    float largest = 0;
    for (int i = 0; i < used; i++) {
      float a = Math.abs(v[i]);
      if (!(a <= LARGE)) {
        largest = Math.max(largest, a <= Float.MAX_VALUE ? a : LARGE);
        v[i] = a <= Float.MAX_VALUE ? v[i] : 0;
      }
    }
    if (largest > LARGE) {
      float scale = LARGE / largest;
      for (int i = 0; i < used; i++) {
        v[i] *= scale;
      }
    }
  }
}
