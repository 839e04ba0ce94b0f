package dev.alidade.server.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.wire.proto.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class MagnitudesTest {
  /** As the proto defines it. */
  private static int bin(double magnitude) {
    return (int) Math.floor(4 * (Math.log(magnitude) / Math.log(2)) + 128);
  }

  private static HistogramDataPointSnapshot snapshot(Magnitudes magnitudes) {
    return magnitudes.snapshot(Labels.EMPTY, 1);
  }

  @Property(tries = 300)
  void value_is_between_the_bounds_of_its_bucket(
      @ForAll @DoubleRange(min = -31, max = 127) double exponent) {
    double value = Math.pow(2, exponent);
    Magnitudes magnitudes = new Magnitudes();
    magnitudes.add(Histogram.newBuilder().setPositiveFirst(bin(value)).addPositive(3).build());
    NativeHistogramBucket bucket =
        snapshot(magnitudes).getNativeBucketsForPositiveValues().iterator().next();
    assertThat(bucket.getCount()).isEqualTo(3);
    // Schema 2: bucket i is (2^((i-1)/4), 2^(i/4)].
    double upper = Math.pow(2, bucket.getBucketIndex() / 4.0);
    double lower = Math.pow(2, (bucket.getBucketIndex() - 1) / 4.0);
    assertThat(value).isBetween(lower * (1 - 1e-6), upper * (1 + 1e-6));
  }

  @Test
  void both_signs_and_zeros_add_up_over_samples() {
    Magnitudes magnitudes = new Magnitudes();
    Histogram sample =
        Histogram.newBuilder()
            .setZeros(5)
            .setNans(7)
            .setPositiveInfinities(9)
            .setPositiveFirst(128)
            .addPositive(2)
            .addPositive(0)
            .addPositive(1)
            .setNegativeFirst(128)
            .addNegative(4)
            .build();
    magnitudes.add(sample);
    magnitudes.add(sample);

    HistogramDataPointSnapshot point = snapshot(magnitudes);
    assertThat(point.getNativeSchema()).isEqualTo(2);
    assertThat(point.getNativeZeroCount()).isEqualTo(10);
    NativeHistogramBuckets buckets = point.getNativeBucketsForPositiveValues();
    assertThat(buckets.size()).isEqualTo(2);
    assertThat(buckets.getBucketIndex(0)).isEqualTo(1); // 1 <= |h| < 2^(1/4)
    assertThat(buckets.getCount(0)).isEqualTo(12);
    assertThat(buckets.getBucketIndex(1)).isEqualTo(3);
    assertThat(buckets.getCount(1)).isEqualTo(2);
    assertThat(point.getCount()).isEqualTo(24);
    assertThat(point.getSum())
        .isCloseTo(12 * Math.pow(2, .125) + 2 * Math.pow(2, .625), within(1e-9));
  }

  @Test
  void counts_from_a_stranger_break_nothing() {
    Magnitudes magnitudes = new Magnitudes();
    magnitudes.add(
        Histogram.newBuilder()
            .setZeros(-1)
            .setPositiveFirst(-5)
            .addPositive(1)
            .setNegativeFirst(Magnitudes.BINS - 1)
            .addNegative(Long.MAX_VALUE)
            .addNegative(1)
            .build());
    assertThat(snapshot(magnitudes).getCount()).isZero();
  }
}
