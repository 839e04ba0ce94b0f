package dev.alidade.analysis.layout;

/**
 * The units' Gram matrix G = Xᵀ X over observations X [rows x units], as an exponential average
 * over batches or exactly of one probe batch; and from it the cosine distances of one unit to all
 * others.
 *
 * <p>Each unit's row is updated from four observations at a time, the inner loop running along the
 * row, so that it vectorises without a reduction; observations in which the unit is zero are left
 * out, which halves the work or better after a ReLU. Cost of an update: at most rows · units² / 2
 * multiplications, and units² / 2 copies for {@link #complete()}.
 */
final class Gram implements Likeness {
  private static final int TILE = 32;
  private static final int BLOCK = 128;

  private final int units;
  private final float[][] g;
  private final float[] inverseNorm;
  private final int[] active = new int[BLOCK + 3];
  private final float[] factor = new float[BLOCK + 3];
  private final float[] tile = new float[TILE * TILE];
  private final Kernels kernels;
  private boolean complete = true;

  Gram(int units, Kernels kernels) {
    this.kernels = kernels;
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
      float value = x[r][i];
      active[n] = r;
      factor[n] = weight * value;
      n += value != 0 ? 1 : 0;
    }
    kernels.accumulate(g[i], i, keep, x, active, factor, n);
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

  /** By way of a tile that stays in the cache: rows are read and written as they lie. */
  private void mirror(int i0, int i1, int j0, int j1) {
    int width = i1 - i0;
    for (int i = i0; i < i1; i++) {
      transpose(g[i], j0, j1 - j0, i - i0);
    }
    for (int j = j0; j < j1; j++) {
      int taken = Math.min(width, j - i0);
      System.arraycopy(tile, (j - j0) * TILE, g[j], i0, taken);
    }
  }

  private void transpose(float[] row, int from, int n, int column) {
    float[] into = tile;
    for (int j = 0; j < n; j++) {
      into[j * TILE + column] = row[from + j];
    }
  }

  @Override
  public void distances(int i, float[] offset, float[] out) {
    distances(g[i], inverseNorm[i], inverseNorm, offset, out);
  }

  private static void distances(
      float[] row, float own, float[] inverse, float[] offset, float[] out) {
    for (int j = 0; j < row.length; j++) {
      out[j] = 1 - row[j] * own * inverse[j] + offset[j];
    }
  }

  @Override
  public float distance(int i, int j) {
    return Math.max(0, 1 - g[i][j] * inverseNorm[i] * inverseNorm[j]);
  }

  @Override
  public boolean known(int i) {
    return inverseNorm[i] > 0;
  }

  /** Sums of the squares and of the fourth powers of a unit's cosines. */
  @Override
  public void seed(int[] live, int n, float[] x, float[] y) {
    for (int i = 0; i < n; i++) {
      float second = 0;
      float fourth = 0;
      for (int j = 0; j < n; j++) {
        float c = 1 - distance(live[i], live[j]);
        second += c * c;
        fourth += c * c * c * c;
      }
      x[i] = second;
      y[i] = fourth + 1e-3f * Start.hash(i, 4);
    }
  }

  @Override
  public void multiply(int[] live, int n, float[] v, float[] out) {
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int j = 0; j < n; j++) {
        sum += (1 - distance(live[i], live[j])) * v[j];
      }
      out[i] = sum;
    }
  }

  float value(int i, int j) {
    return g[i][j];
  }
}
