package dev.alidade.analysis.laws;

import static dev.alidade.analysis.laws.SparsityLaw.Direction.EITHER;
import static dev.alidade.analysis.laws.SparsityLaw.Direction.FALLING;
import static dev.alidade.analysis.laws.SparsityLaw.Direction.RISING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Definitions and bars: spec/quantities section C. */
class SparsityLawTest {
  private static double relu(double d) {
    return Math.exp(-0.3 * Math.pow(d, 0.6) - 2) + 0.06;
  }

  private static double smooth(double d) {
    return -0.1 * Math.pow(d, -0.5) + 0.41;
  }

  @Test
  void falling_isRecoveredWithoutNoise() {
    var fit = fitted(EITHER, Truth.even(60, 1, 60, SparsityLawTest::relu));
    assertParameter(fit, "alpha", 0.6);
    assertParameter(fit, "c", 0.3);
    assertParameter(fit, "b", -2);
    assertThat(fit.curve().at(200)).isCloseTo(relu(200), within(1e-7));
    assertThat(fit.r2()).isGreaterThan(1 - 1e-12);
  }

  @Test
  void rising_isRecoveredWithoutNoise() {
    var fit = fitted(EITHER, Truth.even(60, 1, 60, SparsityLawTest::smooth));
    assertParameter(fit, "alpha", 0.5);
    assertParameter(fit, "c", 0.1);
    assertThat(fit.curve().at(200)).isCloseTo(smooth(200), within(1e-7));
  }

  private static void assertParameter(Fitted fit, String name, double value) {
    assertThat(fit.parameter(name).value())
        .as(name)
        .isCloseTo(value, within(1e-6 * Math.abs(value)));
  }

  @Test
  void limit_isAnIntervalAndNeverAPoint() {
    var limit =
        fitted(FALLING, Truth.noisy(40, 1, 40, SparsityLawTest::relu, 0, 5e-4, 1)).parameter("A0");
    assertThat(limit.hasPoint()).isFalse();
    assertThat(limit.value()).isNaN();
    assertThat(limit.low()).isLessThan(limit.high()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void limitIntervals_holdTheLimitMostly() {
    int held = 0;
    for (int seed = 0; seed < 40; seed++) {
      var falling = Truth.noisy(40, 1, 40, SparsityLawTest::relu, 0, 1e-3, seed);
      var rising = Truth.noisy(40, 1, 40, SparsityLawTest::smooth, 0, 2e-3, seed);
      held += holds(fitted(FALLING, falling).parameter("A0"), 0.06) ? 1 : 0;
      held += holds(fitted(RISING, rising).parameter("A0"), 0.41) ? 1 : 0;
    }
    assertThat(held).as("of 80 intervals of 90 %").isGreaterThanOrEqualTo(64);
  }

  private static boolean holds(Parameter parameter, double truth) {
    return parameter.low() <= truth && truth <= parameter.high();
  }

  /** Constants far from those of the supplied series, three sizes of noise, random lengths. */
  @Test
  void forecasts_beatPersistenceAndTheLineOnOtherConstants() {
    var random = new Random(11);
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < 36; i++) {
      boolean rising = i % 2 == 0;
      double noise = new double[] {5e-4, 2e-3, 5e-3}[i % 3];
      int n = 20 + random.nextInt(60);
      double last = 20 + 200 * random.nextDouble();
      var law = rising ? rising(random, last / n) : falling(random, last / n, last);
      var samples = Truth.noisy(n, last / n, last, law, 0, noise, i);
      ratios.addAll(Prefixes.ratios(samples));
    }
    assertThat(ratios).hasSizeGreaterThan(100);
    assertThat(Prefixes.median(ratios)).isLessThan(1);
  }

  private static DoubleUnaryOperator rising(Random random, double first) {
    double alpha = 0.2 + 1.2 * random.nextDouble();
    double limit = 0.2 + 0.4 * random.nextDouble();
    double c = (0.02 + 0.15 * random.nextDouble()) * Math.pow(first, alpha);
    return d -> -c * Math.pow(d, -alpha) + limit;
  }

  private static DoubleUnaryOperator falling(Random random, double first, double last) {
    double alpha = 0.1 + 1.1 * random.nextDouble();
    double limit = 0.02 + 0.1 * random.nextDouble();
    double c = (1 + 4 * random.nextDouble()) * Math.pow(last, -alpha);
    double b = Math.log(0.02 + 0.15 * random.nextDouble()) + c * Math.pow(first, alpha);
    return d -> Math.exp(-c * Math.pow(d, alpha) + b) + limit;
  }

  @Test
  void warmUp_isLeftOut() {
    DoubleUnaryOperator warming = d -> d < 5 ? 0.02 * d : relu(d);
    var fit = fitted(FALLING, Truth.even(60, 1, 60, warming));
    assertThat(fit.from()).isEqualTo(5);
    assertParameter(fit, "alpha", 0.6);
  }

  @Test
  void warmUpGiven_isObeyed() {
    var fit = new SparsityLaw(FALLING, 10, 1).fit(Truth.even(60, 1, 60, SparsityLawTest::relu));
    assertThat(((Fitted) fit).from()).isEqualTo(11);
    assertThatThrownBy(() -> new SparsityLaw(FALLING, -1, 1))
        .hasMessage("warmUp must be at least 0: -1.0");
  }

  @Test
  void noDataSeen_isNoSampleOfTheLaw() {
    var fit = fitted(RISING, Truth.even(61, 0, 60, d -> d == 0 ? 0.1 : smooth(d)));
    assertThat(fit.from()).isEqualTo(1);
    assertParameter(fit, "alpha", 0.5);
  }

  @Test
  void abstention_namesRuleAndValue() {
    assertThat(reason(FALLING, new Samples()))
        .isEqualTo("not identifiable yet: needs at least 6 samples after the warm-up: 0");
    assertThat(reason(FALLING, Truth.even(20, 1, 20, d -> 0.3)))
        .isEqualTo("not identifiable yet: all samples are equal");
    assertThat(reason(EITHER, Truth.noisy(30, 1, 30, d -> 0.3, 0, 0.01, 2)))
        .startsWith("not identifiable yet: the law must beat a constant by 10 in AIC: ");
    assertThat(reason(FALLING, Truth.even(30, 1, 30, SparsityLawTest::smooth)))
        .startsWith("not identifiable yet: the ratio must move in the law's direction");
  }

  @Test
  void noiseAroundALevel_isNoLaw() {
    int fitted = 0;
    for (int seed = 0; seed < 100; seed++) {
      var samples = Truth.noisy(40, 1, 40, d -> 0.3, 0, 0.01, seed);
      fitted += new SparsityLaw(EITHER).fit(samples) instanceof Fitted ? 1 : 0;
    }
    assertThat(fitted).isLessThanOrEqualTo(5);
  }

  private static String reason(SparsityLaw.Direction direction, Samples samples) {
    return ((Unidentifiable) new SparsityLaw(direction).fit(samples)).reason();
  }

  @Test
  void parameterUnknown_isAnErrorThatNamesTheKnown() {
    var fit = fitted(RISING, Truth.even(60, 1, 60, SparsityLawTest::smooth));
    assertThatThrownBy(() -> fit.parameter("beta"))
        .hasMessage("unknown parameter 'beta'; known: alpha, c, A0");
  }

  private static Fitted fitted(SparsityLaw.Direction direction, Samples samples) {
    var fit = new SparsityLaw(direction).fit(samples);
    assertThat(fit).isInstanceOf(Fitted.class);
    return (Fitted) fit;
  }
}
