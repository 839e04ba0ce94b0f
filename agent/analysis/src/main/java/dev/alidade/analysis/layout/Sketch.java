package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * Every unit's activity in {@value #SIZE} numbers whose cosines stand for those of the Gram matrix,
 * where that would not fit: memory and cost are linear in the units.
 *
 * <p>Fresh rows are added under random signs to one bucket each, in turn, and the buckets fade: a
 * count sketch (Charikar, Chen and Farach-Colton 2002) of the same exponential average, whose inner
 * products are those of the average but for an error of the order 1/√{@value #SIZE}. A probe of at
 * most {@value #SIZE} rows is kept as it is, and exact.
 */
final class Sketch implements Likeness {
  static final int SIZE = 512;

  private final int units;
  private final float[] values;
  private final float[] inverseNorm;
  private final float[] moment = new float[SIZE];
  private final Kernels kernels;
  private int width = SIZE;
  private int next;

  Sketch(int units, Kernels kernels) {
    this.units = units;
    this.kernels = kernels;
    values = new float[Math.multiplyExact(units, SIZE)];
    inverseNorm = new float[units];
  }

  /** Folds a batch in; {@code retention} is the share that the average before it keeps. */
  void fold(Batch batch, float retention) {
    width = SIZE;
    float keep = (float) Math.sqrt(retention);
    float weight = (float) Math.sqrt((1 - retention) / batch.rows);
    for (int i = 0; i < units; i++) {
      int at = i * SIZE;
      for (int b = at; b < at + SIZE; b++) {
        values[b] *= keep;
      }
      for (int r = 0; r < batch.rows; r++) {
        int row = next + r;
        values[at + row % SIZE] += sign(row) * weight * batch.values[r][i];
      }
    }
    next = (next + batch.rows) & 0xFFFFFF;
  }

  /** Takes a probe over; rows beyond the size share a bucket with an earlier one. */
  void take(Batch batch) {
    width = Math.min(SIZE, batch.rows);
    for (int i = 0; i < units; i++) {
      int at = i * SIZE;
      Arrays.fill(values, at, at + SIZE, 0);
      for (int r = 0; r < batch.rows; r++) {
        values[at + r % SIZE] += sign(r) * batch.values[r][i];
      }
    }
  }

  private static float sign(int row) {
    return Start.hash(row, 9) < 0 ? -1 : 1;
  }

  /** Takes the norms; to be called once after the folds of a tick. */
  void complete() {
    for (int i = 0; i < units; i++) {
      float square = kernels.dot(values, i * SIZE, values, i * SIZE, width);
      inverseNorm[i] = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
    }
  }

  @Override
  public float distance(int i, int j) {
    float dot = kernels.dot(values, i * SIZE, values, j * SIZE, width);
    return Math.max(0, 1 - dot * inverseNorm[i] * inverseNorm[j]);
  }

  @Override
  public void distances(int i, float[] offset, float[] out) {
    for (int j = 0; j < units; j++) {
      out[j] = offset[j] == 0 ? distance(i, j) : offset[j];
    }
  }

  @Override
  public boolean known(int i) {
    return inverseNorm[i] > 0;
  }

  /** Cosine with the sum of all units, and its like in another half of the numbers. */
  @Override
  public void seed(int[] live, int n, float[] x, float[] y) {
    Arrays.fill(x, 0, n, 1);
    multiply(live, n, x, y);
    System.arraycopy(y, 0, x, 0, n);
    for (int s = 0; s < n; s++) {
      float dot = kernels.dot(values, live[s] * SIZE, moment, 0, width / 2);
      y[s] = dot * inverseNorm[live[s]] + 1e-3f * Start.hash(live[s], 4);
    }
  }

  @Override
  public void multiply(int[] live, int n, float[] v, float[] out) {
    Arrays.fill(moment, 0);
    for (int s = 0; s < n; s++) {
      int at = live[s] * SIZE;
      float weight = v[s] * inverseNorm[live[s]];
      for (int b = 0; b < SIZE; b++) {
        moment[b] += weight * values[at + b];
      }
    }
    for (int s = 0; s < n; s++) {
      int at = live[s] * SIZE;
      out[s] = kernels.dot(values, at, moment, 0, SIZE) * inverseNorm[live[s]];
    }
  }
}
