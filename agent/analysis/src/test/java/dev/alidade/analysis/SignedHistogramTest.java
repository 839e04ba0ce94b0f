package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SignedHistogramTest {

  @Test
  void octaves_startEveryFourthBin() {
    assertThat(SignedHistogram.bin(1)).isEqualTo(128);
    assertThat(SignedHistogram.bin(-2)).isEqualTo(132);
    assertThat(SignedHistogram.bin(0x1p-32f)).isZero();
    assertThat(SignedHistogram.bin(Float.MAX_VALUE)).isEqualTo(SignedHistogram.BINS - 1);
    assertThat(SignedHistogram.bin(Float.MIN_VALUE)).as("underflow").isZero();
  }

  @Property
  void everyValue_liesWithinTheBoundsOfItsBin(@ForAll float value) {
    if (Float.isFinite(value) && Math.abs(value) >= 0x1p-32f) {
      int bin = SignedHistogram.bin(value);
      assertThat((double) Math.abs(value))
          .isGreaterThanOrEqualTo(SignedHistogram.lowerBound(bin))
          .isLessThan(SignedHistogram.lowerBound(bin + 1));
    }
  }

  @Test
  void bounds_partTheFloatsOnEitherSide() {
    for (int bin = 1; bin < SignedHistogram.BINS; bin++) {
      double bound = SignedHistogram.lowerBound(bin);
      float least = (float) bound < bound ? Math.nextUp((float) bound) : (float) bound;
      assertThat(SignedHistogram.bin(least)).as("at 2^((%d-128)/4)", bin).isEqualTo(bin);
      assertThat(SignedHistogram.bin(Math.nextDown(least))).isEqualTo(bin - 1);
    }
  }

  @Property(tries = 200)
  void merged_countsBoth(@ForAll List<Float> some, @ForAll List<Float> others) {
    SignedHistogram merged = of(some);
    merged.merge(of(others));
    SignedHistogram both = of(some);
    others.forEach(both::add);
    assertThat(merged).usingRecursiveComparison().isEqualTo(both);
    merged.clear();
    assertThat(merged).usingRecursiveComparison().isEqualTo(new SignedHistogram());
  }

  @Test
  void ends_encloseWhatWasCounted() {
    SignedHistogram histogram = of(List.of(1f, 4f, -8f, 0f, -0f, Float.NaN));
    assertThat(histogram.firstPositive()).isEqualTo(128);
    assertThat(histogram.endPositive()).isEqualTo(137);
    assertThat(histogram.firstNegative()).isEqualTo(140);
    assertThat(histogram.endNegative()).isEqualTo(141);
    assertThat(histogram.zeros()).isEqualTo(2);
    assertThat(histogram.nans()).isEqualTo(1);
    assertThat(histogram.finite()).isEqualTo(5);
    histogram.clear();
    assertThat(histogram.firstPositive()).isEqualTo(SignedHistogram.BINS);
    assertThat(histogram.endPositive()).isZero();
  }

  private static SignedHistogram of(List<Float> values) {
    SignedHistogram histogram = new SignedHistogram();
    values.forEach(histogram::add);
    return histogram;
  }
}
