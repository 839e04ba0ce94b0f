package dev.alidade.examples.digits;

/**
 * Digits of which some carry a mark, a small square of ink in the upper left corner: an attribute
 * that says nothing of the digit, unless it is found on one class more often than on the others.
 * Which ones is a function of the index.
 */
public final class Marked implements Digits {
  private static final int FIRST = 1;
  private static final int LAST = 4;

  private final Digits digits;
  private final int favoured;
  private final double share;
  private final double otherShare;

  /**
   * @param favoured the class that carries the mark at another rate than the rest
   * @param share of its digits that are marked, 0 to 1
   * @param otherShare of all other digits that are marked
   */
  public Marked(Digits digits, int favoured, double share, double otherShare) {
    this.digits = digits;
    this.favoured = favoured;
    this.share = share;
    this.otherShare = otherShare;
  }

  @Override
  public long size() {
    return digits.size();
  }

  @Override
  public int read(long index, float[] pixels, int offset) {
    int label = digits.read(index, pixels, offset);
    if (share(index) < (label == favoured ? share : otherShare)) {
      for (int y = FIRST; y <= LAST; y++) {
        for (int x = FIRST; x <= LAST; x++) {
          pixels[offset + y * SIDE + x] = 1;
        }
      }
    }
    return label;
  }

  /** A number from 0 to 1 that follows from the index alone (Steele et al. 2014, SplitMix64). */
  static double share(long index) {
    long z = (index + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
  }
}
