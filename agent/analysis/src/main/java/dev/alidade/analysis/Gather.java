package dev.alidade.analysis;

/** Copies observations out of any geometry into rows of units. */
final class Gather {
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
}
