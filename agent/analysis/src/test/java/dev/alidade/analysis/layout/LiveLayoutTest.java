package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveLayoutTest {
  private static final int ROWS = 200;

  @Test
  void plantedGroups_lieTogether() {
    int units = 120;
    LiveLayout layout = probed(Planted.groups(ROWS, units, 6, 0.05f, 1), units, 15);

    assertThat(sameGroupAmongNearest(layout.positions(), units, 6, 10)).isGreaterThan(0.95);
  }

  @Test
  void ring_isTrueToAnIndependentJudge() {
    int units = 150;
    float[] observations = Planted.ring(ROWS, units, 2);
    LiveLayout layout = probed(observations, units, 15);

    NaiveQuality naive = NaiveQuality.of(observations, ROWS, units, layout.positions(), 10);
    assertThat(naive.trustworthiness()).isGreaterThan(0.97);
    assertThat(naive.continuity()).isGreaterThan(0.93);
    MapQuality own = layout.quality();
    assertThat((double) own.trustworthiness()).isCloseTo(naive.trustworthiness(), within(1e-3));
    assertThat((double) own.continuity()).isCloseTo(naive.continuity(), within(1e-3));
    assertThat((double) own.kept()).isCloseTo(naive.kept(), within(5e-3));
  }

  @Test
  void frozenProbe_movesLessThanHalfAPercentPerTick() {
    int units = 100;
    float[] observations = Planted.groups(ROWS, units, 5, 0.2f, 3);
    LiveLayout layout = probed(observations, units, 10);

    for (int t = 0; t < 20; t++) {
      layout.probe(observations, ROWS);
      layout.tick();
      assertThat(layout.quality().displacement()).isLessThan(0.005f);
      assertThat(layout.quality().drift()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 11, 31})
  void fewUnits_haveFinitePlaces(int units) {
    LiveLayout layout = probed(Planted.groups(ROWS, units, 2, 0.1f, 4), units, 12);

    assertFinite(layout);
    if (units > 1) {
      assertThat(rms(layout.positions())).isBetween(0.5, 2.0);
    }
  }

  @Test
  void arguments_areChecked() {
    LiveLayout layout = new LiveLayout(3, LiveLayout.Options.defaults());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.probe(new float[5], 2))
        .withMessage("observations must hold rows x units = 6 values: 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LiveLayout(0, LiveLayout.Options.defaults()))
        .withMessage("units must be at least 1: 0");
  }

  static LiveLayout probed(float[] observations, int units, int ticks) {
    LiveLayout layout = new LiveLayout(units, LiveLayout.Options.defaults());
    for (int t = 0; t < ticks; t++) {
      layout.probe(observations, observations.length / units);
      layout.tick();
    }
    return layout;
  }

  static void assertFinite(LiveLayout layout) {
    for (float v : layout.positions()) {
      assertThat(v).isFinite();
    }
    MapQuality q = layout.quality();
    assertThat(
            Arrays.asList(
                q.trustworthiness(),
                q.continuity(),
                q.kept(),
                q.displacement(),
                q.displacementP95(),
                q.drift()))
        .allMatch(Float::isFinite);
  }

  static double rms(float[] positions) {
    double sum = 0;
    for (float v : positions) {
      sum += (double) v * v;
    }
    return Math.sqrt(2 * sum / positions.length);
  }

  private static double sameGroupAmongNearest(float[] p, int units, int groups, int k) {
    double same = 0;
    for (int i = 0; i < units; i++) {
      final int at = i;
      same +=
          java.util.stream.IntStream.range(0, units)
              .filter(j -> j != at)
              .boxed()
              .sorted(
                  java.util.Comparator.comparingDouble(
                      j -> Math.hypot(p[2 * j] - p[2 * at], p[2 * j + 1] - p[2 * at + 1])))
              .limit(k)
              .filter(j -> j % groups == at % groups)
              .count();
    }
    return same / (units * k);
  }
}
