package dev.alidade.analysis.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Property(tries = 200)
  void everySample_isInExactlyOnePoint(@ForAll @IntRange(min = 1, max = 20_000) int n) {
    var samples = new Samples(16);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      samples.add(i, 3 * i);
      sum += 3 * i;
    }
    double kept = 0;
    double weight = 0;
    for (int i = 0; i < samples.size(); i++) {
      kept += samples.weight(i) * samples.value(i);
      weight += samples.weight(i);
      assertThat(samples.value(i)).isCloseTo(3 * samples.time(i), within(1e-9 * (n + 1)));
    }
    assertThat(samples.size()).isBetween(Math.min(n, 8), 16);
    assertThat(samples.offered()).isEqualTo(n);
    assertThat(kept / weight).isCloseTo(sum / n, within(1e-9 * (sum + 1)));
  }

  @Test
  void shortSeries_isKeptAsItIs() {
    var samples = new Samples(8);
    for (int i = 0; i < 8; i++) {
      samples.add(i * i, -i);
    }
    assertThat(samples.size()).isEqualTo(8);
    assertThat(samples.time(7)).isEqualTo(49);
    assertThat(samples.value(7)).isEqualTo(-7);
  }

  @Test
  void notANumber_isNoSample() {
    var samples = new Samples();
    samples.add(1, Double.NaN);
    samples.add(2, Double.POSITIVE_INFINITY);
    assertThat(samples.size()).isZero();
    assertThat(samples.offered()).isZero();
  }

  @Test
  void disorder_isRefused() {
    var samples = new Samples();
    samples.add(5, 1);
    assertThatThrownBy(() -> samples.add(3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t must be finite and not before 5.0: 3.0");
    assertThatThrownBy(() -> new Samples(9)).hasMessage("capacity must be even and at least 8: 9");
    assertThatThrownBy(() -> Samples.of(new double[3], new double[2]))
        .hasMessage("as many values as times expected: 2 and 3");
  }
}
