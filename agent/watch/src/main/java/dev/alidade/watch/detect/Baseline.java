package dev.alidade.watch.detect;

import java.util.Arrays;

/** The newest values of a series, kept in order too: median and median absolute deviation. */
final class Baseline {
  /** A normal distribution's standard deviation by its median absolute deviation. */
  static final double NORMAL = 1.4826;

  private final double[] ring;
  private final double[] sorted;
  private int size;
  private int next;

  Baseline(int window) {
    ring = new double[window];
    sorted = new double[window];
  }

  void add(double value) {
    if (size == ring.length) {
      remove(ring[next]);
    }
    ring[next] = value;
    next = (next + 1) % ring.length;
    insert(value);
  }

  private void insert(double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    int place = at < 0 ? -at - 1 : at;
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    sorted[place] = value;
    size++;
  }

  private void remove(double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
    size--;
  }

  void clear() {
    size = 0;
    next = 0;
  }

  int size() {
    return size;
  }

  double median() {
    return size == 0 ? Double.NaN : (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
  }

  /**
   * Spread about the median in terms of a standard deviation; at least a thousandth of the median,
   * so that a constant series is not upset by rounding.
   */
  double spread() {
    double median = median();
    // Deviations grow towards both ends of the sorted values: merge from the middle outwards.
    int left = (size - 1) / 2;
    int right = left + 1;
    double deviation = 0;
    for (int k = 0; k <= size / 2; k++) {
      double below = left >= 0 ? median - sorted[left] : Double.POSITIVE_INFINITY;
      double above = right < size ? sorted[right] - median : Double.POSITIVE_INFINITY;
      if (below <= above) {
        deviation = below;
        left--;
      } else {
        deviation = above;
        right++;
      }
    }
    return Math.max(NORMAL * deviation, Math.max(1e-3 * Math.abs(median), 1e-12));
  }
}
