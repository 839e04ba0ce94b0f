package dev.alidade.analysis;

import java.util.Arrays;

/**
 * Mean of the largest and mean of the median |h| over the sequences of a sample; a sequence is one
 * row with all its units and positions. Evenly strided rows are read, as many as hold 16,384
 * values, four at least.
 */
final class Sequences {
  private static final int VALUES = 1 << 14;
  private static final int LEAST = 4;

  private final int[] digits = new int[256];
  private int[] keys = {};
  private int count;
  private double meanMax;
  private double meanMedian;

  void read(Activations activations) {
    Geometry g = activations.geometry();
    int values = g.units() * g.positions();
    if (keys.length < values) {
      keys = new int[values];
    }
    int most = Math.min(g.rows(), Math.max(LEAST, VALUES / values));
    double maxima = 0;
    double medians = 0;
    int sequences = 0;
    for (int i = 0; i < most; i++) {
      int largest = load(activations, (int) ((long) i * g.rows() / most));
      if (count > 0) {
        maxima += Float.intBitsToFloat(largest);
        medians += Float.intBitsToFloat(lowerMiddle());
        sequences++;
      }
    }
    meanMax = sequences == 0 ? Double.NaN : maxima / sequences;
    meanMedian = sequences == 0 ? Double.NaN : medians / sequences;
  }

  /** Loads the finite magnitudes of a row, as bits, and returns the largest. */
  private int load(Activations activations, int row) {
    Geometry g = activations.geometry();
    float[] values = activations.values();
    int largest = 0;
    count = 0;
    for (int unit = 0; unit < g.units(); unit++) {
      int at = row * g.rowStride() + unit * g.unitStride();
      for (int position = 0; position < g.positions(); position++, at += g.positionStride()) {
        int key = Float.floatToRawIntBits(values[at]) & 0x7fffffff;
        if (key < 0x7f800000) {
          keys[count++] = key;
          largest = Math.max(largest, key);
        }
      }
    }
    return largest;
  }

  /** Radix selection: eight bits at a time, keeping only the keys that share those found so far. */
  private int lowerMiddle() {
    int rank = (count - 1) / 2;
    int kept = count;
    for (int shift = 24; shift > 0; shift -= 8) {
      Arrays.fill(digits, 0);
      for (int i = 0; i < kept; i++) {
        digits[(keys[i] >>> shift) & 255]++;
      }
      int digit = 0;
      while (rank >= digits[digit]) {
        rank -= digits[digit++];
      }
      kept = keep(kept, shift, digit);
    }
    return lowest(kept, rank);
  }

  private int keep(int kept, int shift, int digit) {
    int next = 0;
    for (int i = 0; i < kept; i++) {
      if (((keys[i] >>> shift) & 255) == digit) {
        keys[next++] = keys[i];
      }
    }
    return next;
  }

  /** The key of a rank among the first few, which agree in all but the last eight bits. */
  private int lowest(int kept, int rank) {
    Arrays.fill(digits, 0);
    for (int i = 0; i < kept; i++) {
      digits[keys[i] & 255]++;
    }
    int digit = 0;
    int before = 0;
    while (before + digits[digit] <= rank) {
      before += digits[digit++];
    }
    return (keys[0] & ~255) | digit;
  }

  double meanMax() {
    return meanMax;
  }

  double meanMedian() {
    return meanMedian;
  }
}
