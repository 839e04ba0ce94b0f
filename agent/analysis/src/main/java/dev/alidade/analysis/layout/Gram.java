package dev.alidade.analysis.layout;

/**
 * The units' Gram matrix G = Xᵀ X over observations X [rows x units], as an exponential average
 * over batches or exactly of one probe batch; and from it the cosine distances of one unit to all
 * others.
 *
 * <p>Each unit's row is updated from four observations at a time, the inner loop running along the
 * row, so that it vectorises without a reduction; observations in which the unit is zero are left
 * out, which halves the work or better after a ReLU. (With eight observations at a time the loop is
 * too long for HotSpot's unrolling limit and runs seven times slower.) Cost of an update: at most
 * rows · units² / 2 multiplications, and units² / 2 copies for {@link #complete()}.
 */
final class Gram {
  private static final int TILE = 32;
  private static final int BLOCK = 128;

  private final int units;
  private final float[][] g;
  private final float[] inverseNorm;
  private final int[] active = new int[BLOCK + 3];
  private boolean complete = true;

  Gram(int units) {
    this.units = units;
    this.g = new float[units][units];
    this.inverseNorm = new float[units];
  }

  /** Folds a batch in: G ← retention · G + (1 − retention) / rows · XᵀX. */
  void fold(Batch batch, float retention) {
    float weight = (1 - retention) / batch.rows;
    for (int from = 0; from < batch.rows; from += BLOCK) {
      int to = Math.min(from + BLOCK, batch.rows);
      for (int i = 0; i < units; i++) {
        update(i, batch.values, from, to, from == 0 ? retention : 1, weight);
      }
    }
    complete = false;
  }

  private void update(int i, float[][] x, int from, int to, float keep, float weight) {
    int n = 0;
    for (int r = from; r < to; r++) {
      active[n] = r;
      n += x[r][i] != 0 ? 1 : 0;
    }
    // Three entries more, of whichever row, whose factors are zero.
    for (int e = n; e < n + 3; e++) {
      active[e] = from;
    }
    float[] row = g[i];
    float factor = keep;
    for (int e = 0; e < Math.max(n, 1); e += 4) {
      float[] x0 = x[active[e]];
      float[] x1 = x[active[e + 1]];
      float[] x2 = x[active[e + 2]];
      float[] x3 = x[active[e + 3]];
      float a0 = e < n ? weight * x0[i] : 0;
      float a1 = e + 1 < n ? weight * x1[i] : 0;
      float a2 = e + 2 < n ? weight * x2[i] : 0;
      float a3 = e + 3 < n ? weight * x3[i] : 0;
      add(row, i, factor, a0, x0, a1, x1, a2, x2, a3, x3);
      factor = 1;
    }
  }

  private static void add(
      float[] row,
      int from,
      float keep,
      float a0,
      float[] x0,
      float a1,
      float[] x1,
      float a2,
      float[] x2,
      float a3,
      float[] x3) {
    for (int j = from; j < row.length; j++) {
      row[j] = keep * row[j] + (a0 * x0[j] + a1 * x1[j]) + (a2 * x2[j] + a3 * x3[j]);
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
      float square = g[i][i];
      inverseNorm[i] = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
    }
    complete = true;
  }

  private void mirror(int i0, int i1, int j0, int j1) {
    for (int j = j0; j < j1; j++) {
      float[] row = g[j];
      for (int i = i0; i < Math.min(i1, j); i++) {
        row[i] = g[i][j];
      }
    }
  }

  /**
   * Distances 1 − cos of unit i to all units, plus {@code offset} of each, into {@code out}; by
   * rounding they may lie just below zero.
   */
  void distances(int i, float[] offset, float[] out) {
    distances(g[i], inverseNorm[i], inverseNorm, offset, out);
  }

  private static void distances(
      float[] row, float own, float[] inverse, float[] offset, float[] out) {
    for (int j = 0; j < row.length; j++) {
      out[j] = 1 - row[j] * own * inverse[j] + offset[j];
    }
  }

  /** Distance 1 − cos of two units. */
  float distance(int i, int j) {
    return Math.max(0, 1 - g[i][j] * inverseNorm[i] * inverseNorm[j]);
  }

  /** Whether unit i has any activity at all in the estimate. */
  boolean known(int i) {
    return inverseNorm[i] > 0;
  }

  float value(int i, int j) {
    return g[i][j];
  }
}
