package dev.alidade.analysis.layout;

/**
 * How far each unit's activity moved since the last tick: δ_i = |a_i/|a_i| − a_i'/|a_i'||, the
 * distance of its normalised activity vectors over the same probe rows.
 *
 * <p>A stream of fresh rows has no such pairs; there the change of the distances to the neighbours
 * stands for it (root mean square), as far as it is a trend and not the noise of sampling.
 */
final class Movement {
  /** δ over that change where it is all trend; large, as an average smooths it; fitted on MNIST. */
  private static final float PROXY = 65;

  private static final float MOST = 1.4142135f;

  private final int units;
  final float[] delta;
  private float[][] previous = new float[0][];
  private int previousRows;
  private final float[] scale;
  private final float[] previousScale;

  Movement(int units) {
    this.units = units;
    this.delta = new float[units];
    this.scale = new float[units];
    this.previousScale = new float[units];
  }

  void rest() {
    java.util.Arrays.fill(delta, 0);
  }

  /** Measures against the last probe and keeps this one. */
  void probe(Batch batch) {
    int n = units;
    norms(batch);
    if (previousRows == batch.rows) {
      java.util.Arrays.fill(delta, 0);
      for (int r = 0; r < batch.rows; r++) {
        difference(batch.values[r], previous[r]);
      }
      for (int i = 0; i < n; i++) {
        delta[i] = Math.min(MOST, (float) Math.sqrt(delta[i]));
      }
    } else {
      java.util.Arrays.fill(delta, MOST);
    }
    if (previous.length < batch.rows) {
      previous = new float[batch.rows][n];
    }
    for (int r = 0; r < batch.rows; r++) {
      System.arraycopy(batch.values[r], 0, previous[r], 0, n);
    }
    System.arraycopy(scale, 0, previousScale, 0, n);
    previousRows = batch.rows;
  }

  private void norms(Batch batch) {
    java.util.Arrays.fill(scale, 0);
    for (int r = 0; r < batch.rows; r++) {
      squares(batch.values[r]);
    }
    for (int i = 0; i < units; i++) {
      scale[i] = scale[i] > 0 ? (float) (1 / Math.sqrt(scale[i])) : 0;
    }
  }

  private void squares(float[] row) {
    for (int j = 0; j < units; j++) {
      scale[j] += row[j] * row[j];
    }
  }

  private void difference(float[] row, float[] before) {
    for (int j = 0; j < units; j++) {
      float d = row[j] * scale[j] - before[j] * previousScale[j];
      delta[j] += d * d;
    }
  }

  /** Takes unit i's movement from the root mean square change of its neighbours' distances. */
  void stream(int i, float change, float trend) {
    delta[i] = Float.isNaN(change) ? MOST : Math.min(MOST, PROXY * trend * change);
  }
}
