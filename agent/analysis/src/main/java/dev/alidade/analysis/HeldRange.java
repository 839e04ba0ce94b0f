package dev.alidade.analysis;

import java.util.Arrays;

/**
 * A range for colours that is held over time: it rises at once to the robust maximum of what it is
 * shown, and falls towards it by a hundredth of the difference a sample, so that brightness can be
 * compared between frames. Robust maximum: the 98th percentile of |x|, rounded up by 3 % at most.
 */
final class HeldRange {
  private static final double QUANTILE = 0.98;
  private static final double DECAY = 0.01;
  private static final int SHIFT = 18;
  private static final int NON_FINITE = 0x7f800000 >>> SHIFT;

  private final int[] counts = new int[NON_FINITE + 1 + (0x007fffff >>> SHIFT)];
  private float range;

  /** Shows it the values of a sample; those that are not finite have no say. */
  void show(float[] values) {
    float maximum = robustMaximum(values);
    range = maximum >= range ? maximum : (float) (range - DECAY * (range - maximum));
  }

  float range() {
    return range;
  }

  private float robustMaximum(float[] values) {
    Arrays.fill(counts, 0);
    for (float value : values) {
      counts[(Float.floatToRawIntBits(value) & 0x7fffffff) >>> SHIFT]++;
    }
    int finite = 0;
    for (int i = 0; i < NON_FINITE; i++) {
      finite += counts[i];
    }
    int above = (int) ((1 - QUANTILE) * finite);
    int slot = NON_FINITE - 1;
    while (slot > 0 && above - counts[slot] >= 0) {
      above -= counts[slot--];
    }
    return slot == 0 ? 0 : Math.min(Float.MAX_VALUE, Float.intBitsToFloat((slot + 1) << SHIFT));
  }
}
