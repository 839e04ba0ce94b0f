package dev.alidade.server.meters;

import dev.alidade.wire.proto.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;

/**
 * The histogram of |h| of one layer since its run started here, as a Prometheus native histogram of
 * schema 2, whose buckets grow by 2^(1/4) just as the wire's bins do: bin {@code k} is bucket
 * {@code k - 127}, because bucket {@code i} ends at {@code 2^(i/4)}.
 *
 * <p>A bin holds {@code low <= |h| < high}, a bucket {@code low < |h| <= high}: a value that is
 * exactly a power of 2^(1/4), such as 1, is counted one bucket higher than Prometheus would count
 * it, so a quantile can be too high by up to one bucket, 19 %, where such values are many. Zeros
 * are the zero bucket; NaN and infinities have no bucket and are left out. The sum is not on the
 * wire; it is estimated from the geometric middle of each bin, which is off by at most 9.1 %.
 *
 * <p>{@code Histogram.observe} takes one value at a time, and a sample has millions.
 *
 * @see <a href="https://prometheus.io/docs/specs/native_histograms/">Native histograms</a>
 */
final class Magnitudes {
  static final int SCHEMA = 2;

  /** The largest finite float is in bin 639. */
  static final int BINS = 640;

  private static final int BUCKET_OF_BIN_0 = -127;
  private static final double ZERO_THRESHOLD = 0x1p-128;

  /** More than any layer has values; larger counts are not believed. */
  private static final long MOST_COUNT = 1L << 48;

  private final long[] counts = new long[BINS];
  private long zeros;

  void add(Histogram histogram) {
    zeros += believable(histogram.getZeros());
    add(histogram.getPositiveFirst(), histogram.getPositiveList());
    add(histogram.getNegativeFirst(), histogram.getNegativeList());
  }

  private void add(int first, java.util.List<Long> bins) {
    for (int i = 0; i < bins.size(); i++) {
      long bin = Integer.toUnsignedLong(first) + i;
      if (bin < BINS) {
        counts[(int) bin] += believable(bins.get(i));
      }
    }
  }

  void add(Magnitudes other) {
    zeros += other.zeros;
    for (int i = 0; i < BINS; i++) {
      counts[i] += other.counts[i];
    }
  }

  HistogramDataPointSnapshot snapshot(Labels labels, long createdMillis) {
    NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
    double sum = 0;
    for (int k = 0; k < BINS; k++) {
      if (counts[k] > 0) {
        buckets.bucket(k + BUCKET_OF_BIN_0, counts[k]);
        sum += counts[k] * Math.pow(2, (k - 127.5) / 4);
      }
    }
    return HistogramDataPointSnapshot.builder()
        .nativeSchema(SCHEMA)
        .nativeZeroThreshold(ZERO_THRESHOLD)
        .nativeZeroCount(zeros)
        .nativeBucketsForPositiveValues(buckets.build())
        .sum(sum)
        .labels(labels)
        .createdTimestampMillis(createdMillis)
        .build();
  }

  private static long believable(long count) {
    return count >= 0 && count < MOST_COUNT ? count : 0;
  }
}
