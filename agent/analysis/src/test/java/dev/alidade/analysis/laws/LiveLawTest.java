package dev.alidade.analysis.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveLawTest {
  @Test
  void nothingSeen_isToldSo() {
    var fit = new LiveLaw(new EmergenceLaw()).fit();
    assertThat(fit).isInstanceOf(Unidentifiable.class);
    assertThat(fit.past()).isEmpty();
  }

  @Test
  void longRun_keepsBoundedMemoryAndFindsThePeak() {
    var law = new LiveLaw(new EmergenceLaw());
    var random = new Random(2);
    for (int i = 0; i <= 100_000; i++) {
      law.add(i, Truth.emergence(143e-5 * i) * (1 + 0.03 * random.nextGaussian()));
    }
    assertThat(law.samples().size()).isLessThanOrEqualTo(Samples.CAPACITY);
    var fit = (Fitted) law.fit();
    assertThat(fit.samples()).isEqualTo(100_001);
    assertThat(fit.parameter("tPeak").value() * 143e-5)
        .isCloseTo(Truth.PEAK, within(0.01 * Truth.PEAK));
  }

  @Test
  void forecast_isPutBesideWhatCame() {
    var law = new LiveLaw(new EmergenceLaw());
    for (int t = 0; t <= 60; t++) {
      law.add(t, Truth.emergence(t));
    }
    assertThat(law.fit().past()).isEmpty();
    assertThat(law.fit()).as("a second fit of the same samples expects nothing new").isNotNull();
    for (int t = 61; t <= 80; t++) {
      law.add(t, Truth.emergence(t));
    }
    assertThat(law.past()).hasSize(1);
    var past = law.fit().past().get(0);
    assertThat(past.madeAt()).isEqualTo(60);
    assertThat(past.t()).isEqualTo(75);
    assertThat(past.actual()).isEqualTo(Truth.emergence(75));
    assertThat(past.error()).isLessThan(1e-6);
    assertThat(past.persistence()).isEqualTo(Truth.emergence(60));
    assertThat(past.lineError()).isGreaterThan(past.error());
    assertThat(past.persistenceError()).isGreaterThan(past.error());
  }

  @Test
  void line_isThatOfTheLastFourSamples() {
    var law = new LiveLaw(new Steady());
    for (int t = 1; t <= 8; t++) {
      law.add(t, t < 5 ? 100 : 2 * t);
    }
    law.fit();
    law.add(10, 7);
    var past = law.past().get(0);
    assertThat(past.line()).isCloseTo(20, within(1e-12));
    assertThat(past.persistence()).isEqualTo(16);
    assertThat(past.actual()).isEqualTo(7);
  }

  @Test
  void accounts_areBounded() {
    var law = new LiveLaw(new Steady());
    for (int t = 1; t <= 30_000_000; t += 1 + t / 8) {
      law.add(t, 1);
      law.fit();
    }
    assertThat(law.past()).hasSize(LiveLaw.PAST);
    assertThat(law.past()).isSortedAccordingTo((a, b) -> Double.compare(a.t(), b.t()));
  }

  @Test
  void notANumber_isLeftOut() {
    var law = new LiveLaw(new EmergenceLaw());
    law.add(1, Double.NaN);
    assertThat(law.fit().samples()).isZero();
  }

  /** One fit, made once, whatever is seen. */
  private static final class Steady implements Law {
    private final Fit fit =
        new SparsityLaw(SparsityLaw.Direction.RISING)
            .fit(Truth.noisy(60, 1, 60, d -> 0.4 - 0.1 / d, 0, 1e-3, 1));

    @Override
    public String name() {
      return "steady";
    }

    @Override
    public Fit fit(Samples samples) {
      return fit;
    }
  }
}
