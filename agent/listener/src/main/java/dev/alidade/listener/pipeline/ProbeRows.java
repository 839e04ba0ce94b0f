package dev.alidade.listener.pipeline;

import dev.alidade.listener.capture.LayerInfo;
import dev.alidade.listener.capture.Meaning;
import dev.alidade.listener.capture.Rows;

/**
 * One layer's observations of a probe, [count x units] row-major, with their groups: one per row of
 * the batch, the mean over its pixels, or one per time step. Always the same rows in the same
 * order, but for those with a value that is not finite.
 */
final class ProbeRows {
  private final int most;
  private float[] decoded = {};
  private float[] values = {};
  private final int[] groups;
  private final int[] source;
  private int count;

  ProbeRows(int most) {
    this.most = most;
    groups = new int[most];
    source = new int[most];
  }

  /** Takes what a layer did, of all observations evenly strided ones. */
  void read(Rows rows, LayerInfo layer, int[] rowGroups) {
    if (decoded.length < rows.elements()) {
      decoded = new float[rows.elements()];
    }
    rows.decode(decoded);
    boolean pooled = layer.meaning() == Meaning.POOLED;
    int steps = pooled ? 1 : rows.positions();
    int all = rows.rows() * steps;
    int wanted = Math.min(most, all);
    if (values.length < wanted * rows.units()) {
      values = new float[wanted * rows.units()];
    }
    count = 0;
    for (int i = 0; i < wanted; i++) {
      int observation = (int) ((long) i * all / wanted);
      int row = observation / steps;
      int step = observation % steps;
      if (load(rows, row, step, pooled ? rows.positions() : 1)) {
        source[count] = row;
        boolean each = rowGroups.length == all;
        groups[count++] = rowGroups.length == 0 ? -1 : rowGroups[each ? observation : row];
      }
    }
  }

  /** Means over {@code span} positions; false when one is not finite. */
  private boolean load(Rows rows, int row, int step, int span) {
    boolean finite = true;
    int start = row * rows.rowStride() + step * rows.positionStride();
    for (int unit = 0; unit < rows.units(); unit++) {
      double sum = 0;
      for (int p = 0; p < span; p++) {
        sum += decoded[start + unit * rows.unitStride() + p * rows.positionStride()];
      }
      float mean = (float) (sum / span);
      values[count * rows.units() + unit] = mean;
      finite &= Float.isFinite(mean);
    }
    return finite;
  }

  /** Belongs to this object. */
  float[] values() {
    return values;
  }

  /** Belongs to this object; -1 for none. */
  int[] groups() {
    return groups;
  }

  /** The row of the batch that an observation is of. */
  int row(int observation) {
    return source[observation];
  }

  int count() {
    return count;
  }
}
