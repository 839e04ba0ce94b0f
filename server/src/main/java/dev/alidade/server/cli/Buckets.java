package dev.alidade.server.cli;

import dev.alidade.wire.proto.Histogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A histogram of signed values as TensorBoard takes it: upper bounds, ascending, and counts. */
record Buckets(List<Double> limits, List<Double> counts) {
  Buckets {
    limits = List.copyOf(limits);
    counts = List.copyOf(counts);
  }

  /**
   * Null when it is empty. What is not finite is left out; two empty bins stand beside each run.
   */
  static @Nullable Buckets of(Histogram histogram) {
    List<Double> limits = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    int negative = histogram.getNegativeCount();
    for (int i = negative - 1; i >= 0; i--) {
      if (limits.isEmpty()) {
        limits.add(-bound(histogram.getNegativeFirst() + i + 1));
        counts.add(0.0);
      }
      // -2^((k-127)/4) < h <= -2^((k-128)/4)
      limits.add(-bound(histogram.getNegativeFirst() + i));
      counts.add((double) histogram.getNegative(i));
    }
    int positive = histogram.getPositiveCount();
    if (positive > 0 || histogram.getZeros() > 0) {
      limits.add(positive > 0 ? bound(histogram.getPositiveFirst()) : Double.MIN_NORMAL);
      counts.add((double) histogram.getZeros());
    }
    for (int i = 0; i < positive; i++) {
      limits.add(bound(histogram.getPositiveFirst() + i + 1));
      counts.add((double) histogram.getPositive(i));
    }
    return limits.isEmpty() ? null : new Buckets(limits, counts);
  }

  /** Bin k holds what is at least this; see the message. */
  private static double bound(int k) {
    return Math.pow(2, (k - 128) / 4.0);
  }

  double[] limitArray() {
    return limits.stream().mapToDouble(Double::doubleValue).toArray();
  }

  double[] countArray() {
    return counts.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
