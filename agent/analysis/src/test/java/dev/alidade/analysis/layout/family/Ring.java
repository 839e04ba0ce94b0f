package dev.alidade.analysis.layout.family;

import java.util.Random;

/** Observations of units on a ring: unit i is excited by angles near its own. */
final class Ring {
  private Ring() {}

  static Activity of(int rows, int units, long seed) {
    return Activity.observations(values(rows, units, seed), rows, units);
  }

  static float[] values(int rows, int units, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * units];
    for (int r = 0; r < rows; r++) {
      double at = random.nextDouble();
      for (int i = 0; i < units; i++) {
        double away = Math.abs(at - (i + 0.31 * Math.sin(i)) / units);
        away = Math.min(away, 1 - away);
        values[r * units + i] = (float) (Math.exp(-100 * away * away) + 1e-3 * random.nextDouble());
      }
    }
    return values;
  }
}
