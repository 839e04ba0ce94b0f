package dev.alidade.analysis;

import java.util.Arrays;

/**
 * Mean of the largest and mean of the median |h| over the sequences of a sample; a sequence is one
 * row with all its units and positions. Evenly strided rows are read, as many as hold 8,192 values,
 * four at least.
 */
final class Sequences {
  private static final int VALUES = 1 << 13;
  private static final int LEAST = 4;
  private static final int DIGIT = 11;
  private static final int MASK = (1 << DIGIT) - 1;

  private final int[] digits = new int[1 << DIGIT];
  private int[] keys = {};
  private int count;
  private int found;
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

  /** Radix selection: 11 bits at a time, keeping only the keys that share those found so far. */
  private int lowerMiddle() {
    int rank = (count - 1) / 2;
    int kept = count;
    for (int shift = 31 - DIGIT; shift > 0; shift -= DIGIT) {
      rank = digit(kept, rank, shift);
      kept = keep(kept, shift);
    }
    digit(kept, rank, 0);
    return (keys[0] & -(1 << DIGIT)) | found;
  }

  /** Finds the digit of the key of a rank, and returns its rank among those that share it. */
  private int digit(int kept, int rank, int shift) {
    Arrays.fill(digits, 0);
    for (int i = 0; i < kept; i++) {
      digits[(keys[i] >>> shift) & MASK]++;
    }
    int before = 0;
    found = 0;
    while (before + digits[found] <= rank) {
      before += digits[found++];
    }
    return rank - before;
  }

  private int keep(int kept, int shift) {
    int next = 0;
    for (int i = 0; i < kept; i++) {
      if (((keys[i] >>> shift) & MASK) == found) {
        keys[next++] = keys[i];
      }
    }
    return next;
  }

  double meanMax() {
    return meanMax;
  }

  double meanMedian() {
    return meanMedian;
  }
}
