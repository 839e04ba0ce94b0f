package dev.alidade.analysis.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Reference values and bars: spec/quantities section B. */
class EmergenceLawTest {
  private static final int SEEDS = 100;

  @Test
  void reference_isWhatTheSpecSays() {
    assertThat(Truth.emergence(0)).isCloseTo(10, within(1e-9));
    assertThat(Truth.emergence(143)).isCloseTo(18.0539547, within(1e-7));
    assertThat(Truth.emergence(Truth.PEAK)).isCloseTo(43.7733399, within(1e-7));
  }

  @Test
  void reference_isRecoveredToOneInAMillion() {
    assertRecovered(Truth.even(144, 0, 143, Truth::emergence), 1);
  }

  @Test
  void reference_isRecoveredFromAPrefixAndInOtherUnits() {
    assertRecovered(Truth.even(60, 0, 1.5 * Truth.PEAK, Truth::emergence), 1);
    assertRecovered(Truth.even(144, 0, 143_000, t -> Truth.emergence(t / 1000)), 1000);
  }

  private static void assertRecovered(Samples samples, double unit) {
    var fit = fitted(samples);
    Map.of(
            "A", 100.0,
            "lambda", 0.4,
            "gamma", 0.05 / unit,
            "t0", 1.0,
            "K", 10.0,
            "beta", 0.02 / unit,
            "tau0", 20.0 * unit,
            "A1", 67.0320046035639,
            "tPeak", 32.1601414927616 * unit)
        .forEach(
            (name, value) ->
                assertThat(fit.parameter(name).value())
                    .as(name)
                    .isCloseTo(value, within(1e-6 * Math.abs(value))));
    double a2 = -67.0320046035639 * Math.log(20 * unit);
    assertThat(fit.parameter("A2").value()).isCloseTo(a2, within(1e-6 * Math.abs(a2)));
    assertThat(fit.r2()).isGreaterThan(1 - 1e-12);
    assertThat(fit.curve().at(Truth.PEAK * unit)).isCloseTo(43.7733399, within(1e-6));
    assertThat(fit.rivals()).hasSize(3).allMatch(rival -> rival.aic() > fit.aic() + 100);
  }

  @Test
  void noiseInProportion_leavesThePeakWithinATenth() {
    assertBar(49, 0.03, 0);
  }

  @Test
  void noiseOfOneSize_leavesThePeakWithinATenth() {
    assertBar(97, 0, 0.03 * 43.7733399);
  }

  private static void assertBar(int n, double share, double size) {
    int near = 0;
    int abstained = 0;
    int covered = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      var samples = Truth.noisy(n, 0, 1.5 * Truth.PEAK, Truth::emergence, share, size, 1000 + seed);
      if (new EmergenceLaw().fit(samples) instanceof Fitted fit) {
        var peak = fit.parameter("tPeak");
        near += Math.abs(peak.value() / Truth.PEAK - 1) <= 0.1 ? 1 : 0;
        covered += peak.low() <= Truth.PEAK && Truth.PEAK <= peak.high() ? 1 : 0;
      } else {
        abstained++;
      }
    }
    assertThat(near).as("peak within 10 %%").isGreaterThanOrEqualTo(95);
    assertThat(abstained).as("abstentions").isLessThanOrEqualTo(5);
    assertThat(covered).as("90 %% intervals that hold the peak").isGreaterThanOrEqualTo(75);
  }

  @Test
  void straightLine_isNoEmergence() {
    assertAbstains(t -> 10 + 30 * t, 0.03, 0);
    assertAbstains(t -> 30 - 20 * t, 0, 0.9);
    assertAbstains(t -> 10, 0.03, 0);
  }

  @Test
  void saturation_isNoEmergence() {
    assertAbstains(t -> 40 - 30 * Math.exp(-4 * t), 0.03, 0);
  }

  private static void assertAbstains(DoubleUnaryOperator f, double share, double size) {
    int abstained = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      var fit = new EmergenceLaw().fit(Truth.noisy(60, 0, 1, f, share, size, seed));
      abstained += fit instanceof Unidentifiable ? 1 : 0;
    }
    assertThat(abstained).isGreaterThanOrEqualTo(95);
  }

  @Test
  void peakNotReached_isNotClaimed() {
    var fit = new EmergenceLaw().fit(Truth.even(60, 0, 0.8 * Truth.PEAK, Truth::emergence));
    assertThat(fit).isInstanceOf(Unidentifiable.class);
    assertThat(((Unidentifiable) fit).reason()).startsWith("not identifiable yet: the peak");
  }

  @Test
  void abstention_namesRuleAndValue() {
    assertThat(reason(Truth.even(11, 0, 1, t -> t)))
        .isEqualTo("not identifiable yet: needs at least 12 samples: 11");
    assertThat(reason(Truth.even(30, 0, 1, t -> 7)))
        .isEqualTo("not identifiable yet: all samples are equal");
    assertThat(reason(Truth.noisy(60, 0, 1, t -> 1 + t, 0, 0.1, 3)))
        .startsWith("not identifiable yet: the law must beat line by 2 in AIC: -");
  }

  private static String reason(Samples samples) {
    return ((Unidentifiable) new EmergenceLaw().fit(samples)).reason();
  }

  @Test
  void outliers_moveThePeakLittle() {
    var random = new Random(4);
    var samples = new Samples();
    for (int t = 0; t <= 143; t++) {
      double value = Truth.emergence(t) * (1 + 0.02 * random.nextGaussian());
      samples.add(t, t % 20 == 7 ? 5 * value : value);
    }
    assertThat(fitted(samples).parameter("tPeak").value())
        .isCloseTo(Truth.PEAK, within(0.1 * Truth.PEAK));
  }

  @Test
  void band_holdsMostOfWhatComes() {
    int inside = 0;
    int all = 0;
    for (int seed = 0; seed < 10; seed++) {
      var whole = Truth.noisy(200, 0, 120, Truth::emergence, 0.03, 0, seed);
      var seen = new Samples();
      for (int i = 0; i < 120; i++) {
        seen.add(whole.time(i), whole.value(i));
      }
      var fit = fitted(seen);
      for (int i = 120; i < 200; i++) {
        var forecast = fit.forecast(whole.time(i));
        assertThat(forecast.low()).isLessThan(forecast.high());
        inside += forecast.low() <= whole.value(i) && whole.value(i) <= forecast.high() ? 1 : 0;
        all++;
      }
    }
    assertThat((double) inside / all).isBetween(0.7, 1.0);
  }

  @Test
  void seed_decidesTheIntervals() {
    var samples = Truth.noisy(100, 0, 100, Truth::emergence, 0.03, 0, 1);
    var first = ((Fitted) new EmergenceLaw(5).fit(samples)).parameter("K");
    assertThat(((Fitted) new EmergenceLaw(5).fit(samples)).parameter("K")).isEqualTo(first);
    assertThat(((Fitted) new EmergenceLaw(6).fit(samples)).parameter("K")).isNotEqualTo(first);
  }

  private static Fitted fitted(Samples samples) {
    var fit = new EmergenceLaw().fit(samples);
    assertThat(fit).isInstanceOf(Fitted.class);
    return (Fitted) fit;
  }
}
