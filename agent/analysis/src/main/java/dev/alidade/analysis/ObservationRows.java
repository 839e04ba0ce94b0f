package dev.alidade.analysis;

/** The observations of the last sample as rows of units, for the layouts. */
final class ObservationRows {
  private static final Activations NONE = Activations.of(new float[0], Geometry.dense(0, 1));

  private Activations last = NONE;
  private float[] row = {};

  void keep(Activations activations) {
    last = activations;
  }

  void release() {
    last = NONE;
  }

  int copy(float[] pooled, float[] out, int most) {
    int units = last.geometry().units();
    int all = observations(most);
    if ((long) all * units > out.length) {
      throw new IllegalArgumentException(
          "out must hold at least " + (long) all * units + ": " + out.length);
    }
    int written = 0;
    for (int i = 0; i < all; i++) {
      load(pooled, pick(i, all), out, written * units);
      if (finite(out, written * units, units)) {
        written++;
      }
    }
    return written;
  }

  int copyGroups(float[] pooled, int[] out, int most) {
    int written = copyIndices(pooled, out, most);
    for (int i = 0; i < written; i++) {
      out[i] = last.group(out[i]);
    }
    return written;
  }

  int copyIndices(float[] pooled, int[] out, int most) {
    int units = last.geometry().units();
    int all = observations(most);
    if (all > out.length) {
      throw new IllegalArgumentException("out must hold at least " + all + ": " + out.length);
    }
    if (row.length < units) {
      row = new float[units];
    }
    int written = 0;
    for (int i = 0; i < all; i++) {
      load(pooled, pick(i, all), row, 0);
      if (finite(row, 0, units)) {
        out[written++] = pick(i, all);
      }
    }
    return written;
  }

  private int observations(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("mostRows must be at least 0: " + most);
    }
    return Math.min(most, last.geometry().observations());
  }

  private int pick(int i, int all) {
    return (int) ((long) i * last.geometry().observations() / all);
  }

  private void load(float[] pooled, int observation, float[] out, int at) {
    int units = last.geometry().units();
    if (Sample.pooled(last.geometry())) {
      System.arraycopy(pooled, observation * units, out, at, units);
    } else {
      Gather.observation(last, observation, out, at);
    }
  }

  private static boolean finite(float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }
}
