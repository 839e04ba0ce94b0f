package dev.alidade.analysis.layout;

/**
 * The units' Gram matrix G = Xᵀ X over observations X [rows x units], as an exponential average
 * over batches or exactly of one probe batch; and from it the cosine distances of one unit to all
 * others.
 *
 * <p>The batch is walked in blocks of eight rows, each adding a rank-8 update to the upper
 * triangle: the inner loop runs over the columns, so that it vectorises without a reduction. Cost:
 * rows · units² / 2 multiplications for an update, units² / 2 copies for {@link #complete()}.
 */
final class Gram {
  private static final int TILE = 32;

  private final int units;
  private final float[] g;
  private final float[] inverseNorm;
  private float[] rows = new float[0];
  private boolean complete = true;

  Gram(int units) {
    this.units = units;
    this.g = new float[Math.multiplyExact(units, units)];
    this.inverseNorm = new float[units];
  }

  /** Folds a batch in: G ← retention · G + (1 − retention) / rows · XᵀX. */
  void fold(Batch batch, float retention) {
    float weight = (1 - retention) / batch.rows;
    rows = batch.values;
    for (int r = 0; r < batch.paddedRows; r += Batch.BLOCK) {
      update(r, r == 0 ? retention : 1, weight);
    }
    complete = false;
  }

  private void update(int row, float keep, float weight) {
    int n = units;
    int o0 = row * n;
    for (int i = 0; i < n; i++) {
      int o = o0 + i;
      rank8(
          i,
          o0,
          keep,
          weight * rows[o],
          weight * rows[o + n],
          weight * rows[o + 2 * n],
          weight * rows[o + 3 * n],
          weight * rows[o + 4 * n],
          weight * rows[o + 5 * n],
          weight * rows[o + 6 * n],
          weight * rows[o + 7 * n]);
    }
  }

  private void rank8(
      int i,
      int o0,
      float keep,
      float a0,
      float a1,
      float a2,
      float a3,
      float a4,
      float a5,
      float a6,
      float a7) {
    int n = units;
    float[] out = g;
    float[] x = rows;
    int base = i * n;
    int o1 = o0 + n;
    int o2 = o1 + n;
    int o3 = o2 + n;
    int o4 = o3 + n;
    int o5 = o4 + n;
    int o6 = o5 + n;
    int o7 = o6 + n;
    for (int j = i; j < n; j++) {
      out[base + j] =
          keep * out[base + j]
              + (a0 * x[o0 + j] + a1 * x[o1 + j])
              + (a2 * x[o2 + j] + a3 * x[o3 + j])
              + (a4 * x[o4 + j] + a5 * x[o5 + j])
              + (a6 * x[o6 + j] + a7 * x[o7 + j]);
    }
  }

  /** Mirrors the triangle and takes the norms; to be called once after the folds of a tick. */
  void complete() {
    if (complete) {
      return;
    }
    for (int i = 0; i < units; i += TILE) {
      for (int j = i; j < units; j += TILE) {
        mirror(i, Math.min(i + TILE, units), j, Math.min(j + TILE, units));
      }
    }
    for (int i = 0; i < units; i++) {
      float square = g[i * units + i];
      inverseNorm[i] = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
    }
    complete = true;
  }

  private void mirror(int i0, int i1, int j0, int j1) {
    for (int j = j0; j < j1; j++) {
      for (int i = i0; i < Math.min(i1, j); i++) {
        g[j * units + i] = g[i * units + j];
      }
    }
  }

  /** Distances 1 − cos of unit i to all units, plus {@code offset} of each, into {@code out}. */
  void distances(int i, float[] offset, float[] out) {
    float[] row = g;
    float[] inv = inverseNorm;
    float own = inv[i];
    int base = i * units;
    for (int j = 0; j < units; j++) {
      out[j] = Math.max(0, 1 - row[base + j] * own * inv[j]) + offset[j];
    }
  }

  /** Distance 1 − cos of two units. */
  float distance(int i, int j) {
    return Math.max(0, 1 - g[i * units + j] * inverseNorm[i] * inverseNorm[j]);
  }

  /** Whether unit i has any activity at all in the estimate. */
  boolean known(int i) {
    return inverseNorm[i] > 0;
  }

  float value(int i, int j) {
    return g[i * units + j];
  }
}
