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

  /** So few keys are searched bit by bit. */
  private static final int FEW = 128;

  private final int[] digits = new int[1 << DIGIT];
  private int[] keys = {};

  /** Finite magnitudes of a row: those that are not zero, which are the keys, and zeros. */
  private int count;

  private int zeros;
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
      if (count + zeros > 0) {
        maxima += Float.intBitsToFloat(largest);
        medians += Float.intBitsToFloat(lowerMiddle());
        sequences++;
      }
    }
    meanMax = sequences == 0 ? Double.NaN : maxima / sequences;
    meanMedian = sequences == 0 ? Double.NaN : medians / sequences;
  }

  /** Loads the finite magnitudes of a row, as bits and without a branch; returns the largest. */
  private int load(Activations activations, int row) {
    Geometry g = activations.geometry();
    float[] values = activations.values();
    int largest = 0;
    int kept = 0;
    int none = 0;
    for (int unit = 0; unit < g.units(); unit++) {
      int at = row * g.rowStride() + unit * g.unitStride();
      for (int position = 0; position < g.positions(); position++, at += g.positionStride()) {
        int key = Float.floatToRawIntBits(values[at]) & 0x7fffffff;
        int zero = (key - 1) >>> 31;
        int infinite = (0x7f7fffff - key) >>> 31;
        keys[kept] = key;
        kept += 1 - (zero | infinite);
        none += zero;
        largest = Math.max(largest, key & (infinite - 1));
      }
    }
    count = kept;
    zeros = none;
    return largest;
  }

  /** Radix selection: 11 bits at a time, keeping only the keys that share those found so far. */
  private int lowerMiddle() {
    int rank = (count + zeros - 1) / 2 - zeros;
    if (rank < 0) {
      return 0;
    }
    int kept = count;
    int bits = 0;
    for (int shift = 31 - DIGIT; shift > 0; shift -= DIGIT) {
      rank = digit(kept, rank, shift);
      bits |= found << shift;
      kept = keep(kept, shift);
      if (kept <= FEW) {
        return search(kept, rank, bits, shift);
      }
    }
    digit(kept, rank, 0);
    return (keys[0] & -(1 << DIGIT)) | found;
  }

  /** The key of a rank among those that have the given bits, and any below these. */
  private int search(int kept, int rank, int bits, int below) {
    int low = bits;
    for (int bit = 1 << (below - 1); bit > 0; bit >>>= 1) {
      int smaller = 0;
      for (int i = 0; i < kept; i++) {
        smaller += (keys[i] - (low | bit)) >>> 31;
      }
      low |= smaller <= rank ? bit : 0;
    }
    return low;
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
      int key = keys[i];
      keys[next] = key;
      next += ((((key >>> shift) & MASK) ^ found) - 1) >>> 31;
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
