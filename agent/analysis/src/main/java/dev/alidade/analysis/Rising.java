package dev.alidade.analysis;

import java.util.Arrays;

/** Sorts floats that are not negative, by three radix passes over their bits; allocates nothing. */
final class Rising {
  private static final int BITS = 11;
  private static final int SIZE = 1 << BITS;

  private final int[] counts = new int[SIZE];
  private final int[] keys;
  private final int[] spare;

  Rising(int most) {
    keys = new int[most];
    spare = new int[most];
  }

  /** Sorts the first {@code count} values in place. */
  void sort(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      keys[i] = Float.floatToRawIntBits(values[i]) & 0x7fffffff;
    }
    pass(keys, spare, count, 0);
    pass(spare, keys, count, BITS);
    pass(keys, spare, count, 2 * BITS);
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(spare[i]);
    }
  }

  private void pass(int[] from, int[] to, int count, int shift) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < count; i++) {
      counts[(from[i] >>> shift) & (SIZE - 1)]++;
    }
    int start = 0;
    for (int digit = 0; digit < SIZE; digit++) {
      int size = counts[digit];
      counts[digit] = start;
      start += size;
    }
    for (int i = 0; i < count; i++) {
      to[counts[(from[i] >>> shift) & (SIZE - 1)]++] = from[i];
    }
  }
}
