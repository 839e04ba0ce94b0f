package dev.alidade.analysis;

/** Copies observations out of any geometry into rows of units. */
final class Gather {
  private static final int TOGETHER = 4;

  private Gather() {}

  /** Copies one observation to {@code out}, from index {@code at} on. */
  static void observation(Activations from, int observation, float[] out, int at) {
    Geometry g = from.geometry();
    float[] values = from.values();
    int start =
        observation / g.positions() * g.rowStride()
            + observation % g.positions() * g.positionStride();
    if (g.unitStride() == 1) {
      System.arraycopy(values, start, out, at, g.units());
      return;
    }
    for (int unit = 0; unit < g.units(); unit++) {
      out[at + unit] = values[start + unit * g.unitStride()];
    }
  }

  /**
   * Copies as many observations as there are lines, from {@code first} on, or those there are.
   * Where rows lie side by side, as in a column-major matrix, four are read at a time: one alone
   * would take one value of each cache line.
   */
  static void observations(Activations from, int first, float[][] lines) {
    Geometry g = from.geometry();
    int count = Math.min(lines.length, g.observations() - first);
    int done = 0;
    if (g.positions() == 1 && g.rowStride() == 1 && g.unitStride() != 1) {
      for (; done + TOGETHER <= count; done += TOGETHER) {
        four(from, first + done, lines, done);
      }
    }
    for (; done < count; done++) {
      observation(from, first + done, lines[done], 0);
    }
  }

  private static void four(Activations from, int start, float[][] lines, int line) {
    float[] values = from.values();
    float[] a = lines[line];
    float[] b = lines[line + 1];
    float[] c = lines[line + 2];
    float[] d = lines[line + 3];
    int units = from.geometry().units();
    int stride = from.geometry().unitStride();
    for (int unit = 0, at = start; unit < units; unit++, at += stride) {
      a[unit] = values[at];
      b[unit] = values[at + 1];
      c[unit] = values[at + 2];
      d[unit] = values[at + 3];
    }
  }
}
