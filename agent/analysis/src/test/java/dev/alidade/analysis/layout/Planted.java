package dev.alidade.analysis.layout;

import java.util.Random;

/** Observations with units planted in groups: the units of one group share a hidden signal. */
final class Planted {
  private Planted() {}

  /** [rows x units]; unit i belongs to group i mod groups. */
  static float[] groups(int rows, int units, int groups, float noise, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * units];
    for (int r = 0; r < rows; r++) {
      double[] signal = random.doubles(groups).toArray();
      for (int i = 0; i < units; i++) {
        double v = signal[i % groups] - 0.5 + noise * random.nextGaussian();
        values[r * units + i] = (float) Math.max(0, v);
      }
    }
    return values;
  }

  /** Units on a ring: unit i is excited by angles near its own. */
  static float[] ring(int rows, int units, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * units];
    for (int r = 0; r < rows; r++) {
      double at = random.nextDouble();
      for (int i = 0; i < units; i++) {
        double away = Math.abs(at - (i + 0.31 * Math.sin(i)) / units);
        away = Math.min(away, 1 - away);
        values[r * units + i] = (float) (Math.exp(-200 * away * away) + 1e-3 * random.nextDouble());
      }
    }
    return values;
  }
}
