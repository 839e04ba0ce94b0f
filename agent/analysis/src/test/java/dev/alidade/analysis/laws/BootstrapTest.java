package dev.alidade.analysis.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void quantile_liesBetweenOrderStatistics() {
    double[] sorted = {0, 10, 20, 30, Double.POSITIVE_INFINITY};
    assertThat(Bootstrap.quantile(sorted, 0)).isZero();
    assertThat(Bootstrap.quantile(sorted, 0.375)).isEqualTo(15);
    assertThat(Bootstrap.quantile(sorted, 1)).isInfinite();
  }

  @Test
  void correlation_ofAlternatingResidualsIsNegative() {
    assertThat(Bootstrap.correlation(new double[] {1, -1, 1, -1})).isEqualTo(-0.75);
    assertThat(Bootstrap.correlation(new double[4])).isZero();
  }

  /** Tables of Student's t, one-sided 95 %. */
  @Test
  void student_isThatOfTheTables() {
    assertThat(Profile.student95(3)).isCloseTo(2.353, within(0.02));
    assertThat(Profile.student95(10)).isCloseTo(1.812, within(0.001));
    assertThat(Profile.student95(1000)).isCloseTo(1.646, within(0.001));
  }

  @Test
  void noiseInProportion_isToldFromNoiseOfOneSize() {
    var share = Series.of(Truth.noisy(200, 0, 143, Truth::emergence, 0.03, 0, 1));
    var even = Series.of(Truth.noisy(200, 0, 143, Truth::emergence, 0, 0.5, 1));
    assertThat(Noise.of(share.x, share.y).proportional()).isTrue();
    assertThat(Noise.of(even.x, even.y).proportional()).isFalse();
  }
}
