package dev.alidade.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The fixed bins the scan counts into, by the bits of a float without its sign, which rise with its
 * magnitude: zero; the quarter octaves of {@link SignedHistogram}, cut further into 32nds of an
 * octave where values are ordinary; infinity; NaN.
 *
 * <p>A value is binned without a branch. Its upper 14 bits pick a word of {@link #TABLE}; no
 * stretch of floats that share these has more than one bound inside, and the word is such that
 * adding the lower 18 bits carries into the next bin from that bound on.
 */
final class MagnitudeBins {
  static final int SHIFT = 18;
  static final int LOWER = (1 << SHIFT) - 1;
  static final int INFINITY = 0x7f800000;

  /** Between 2^-40 and 2^40, squares of floats and sums of a few of them keep their precision. */
  private static final int ORDINARY_FROM = (127 - 40) << 23;

  private static final int ORDINARY_TO = (127 + 40) << 23;

  /** The least bits of each bin, rising, and one past the bits of any float. */
  private static final int[] LOW = lows();

  /** Bins of each sign; those of negative values come after those of positive ones. */
  static final int BINS = LOW.length - 1;

  /** For the upper bits of a float with its sign. */
  static final int[] TABLE = table();

  /** The quarter octave of each finite bin. */
  private static final int[] QUARTERS = quarters();

  static final int INFINITY_BIN = bin(INFINITY);
  static final int NAN_BIN = INFINITY_BIN + 1;
  static final int FIRST_ORDINARY = bin(ORDINARY_FROM);
  static final int END_ORDINARY = bin(ORDINARY_TO);

  private MagnitudeBins() {}

  private static int[] lows() {
    int[] mantissas = {
      0, SignedHistogram.QUARTER, SignedHistogram.HALF, SignedHistogram.THREE_QUARTERS
    };
    IntStream quarters =
        IntStream.range(1, 4 * 255)
            .map(quarter -> ((quarter >>> 2) << 23) + mantissas[quarter & 3]);
    IntStream ordinary =
        IntStream.range(ORDINARY_FROM >>> SHIFT, ORDINARY_TO >>> SHIFT).map(slot -> slot << SHIFT);
    IntStream ends = IntStream.of(0, 1, INFINITY, INFINITY + 1, Integer.MAX_VALUE);
    return IntStream.concat(ends, IntStream.concat(quarters, ordinary))
        .sorted()
        .distinct()
        .toArray();
  }

  private static int[] table() {
    int[] table = new int[1 << (32 - SHIFT)];
    int half = table.length / 2;
    for (int slot = 0; slot < half; slot++) {
      int start = slot << SHIFT;
      int bin = bin(start);
      int bound = LOW[bin + 1] - start;
      int carry = bound <= LOWER && bin + 1 < BINS ? (1 << SHIFT) - bound : 0;
      table[slot] = (bin << SHIFT) + carry;
      table[half + slot] = ((bin + BINS) << SHIFT) + carry;
    }
    return table;
  }

  private static int[] quarters() {
    int[] quarters = new int[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      quarters[bin] = SignedHistogram.quarter(LOW[bin]);
    }
    return quarters;
  }

  /** The bin of bits without a sign, by search. */
  static int bin(int absoluteBits) {
    int found = Arrays.binarySearch(LOW, 0, LOW.length - 1, absoluteBits);
    return found >= 0 ? found : -found - 2;
  }

  /** The least bits in a bin, or past the last one. */
  static int low(int bin) {
    return LOW[bin];
  }

  static int quarter(int bin) {
    return QUARTERS[bin];
  }
}
