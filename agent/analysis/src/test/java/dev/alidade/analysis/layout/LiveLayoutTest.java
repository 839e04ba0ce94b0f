package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
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
  void orderOfUnitsAndObservations_doesNotMatter() {
    int units = 120;
    float[] observations = Planted.ring(ROWS, units, 5);
    float[] turned = new float[observations.length];
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < units; i++) {
        turned[(ROWS - 1 - r) * units + (i * 7) % units] = observations[r * units + i];
      }
    }
    LiveLayout one = probed(observations, units, 15);
    LiveLayout other = probed(turned, units, 15);
    float[] back = new float[2 * units];
    for (int i = 0; i < units; i++) {
      back[2 * i] = other.positions()[2 * ((i * 7) % units)];
      back[2 * i + 1] = other.positions()[2 * ((i * 7) % units) + 1];
    }

    NaiveQuality first = NaiveQuality.of(observations, ROWS, units, one.positions(), 10);
    NaiveQuality second = NaiveQuality.of(observations, ROWS, units, back, 10);
    assertThat(second.trustworthiness()).isCloseTo(first.trustworthiness(), within(0.01));
    assertThat(second.continuity()).isCloseTo(first.continuity(), within(0.02));
  }

  @Test
  void duplicates_lieTogetherAndStayFinite() {
    int units = 40;
    float[] observations = Planted.groups(ROWS, units, 40, 0.1f, 6);
    for (int r = 0; r < ROWS; r++) {
      observations[r * units + 1] = observations[r * units];
    }
    LiveLayout layout = probed(observations, units, 15);

    assertFinite(layout);
    assertThat(distance(layout.positions(), 0, 1)).isLessThan(0.2);
  }

  @Test
  void equalDistances_spreadOut() {
    int units = 30;
    float[] observations = new float[units * units];
    for (int i = 0; i < units; i++) {
      observations[i * units + i] = 1;
    }
    LiveLayout layout = probed(observations, units, 15);

    assertFinite(layout);
    assertThat(rms(layout.positions())).isBetween(0.5, 2.0);
  }

  @Test
  void valuesThatAreNotFinite_leaveTheMapFinite() {
    int units = 30;
    float[] observations = Planted.groups(ROWS, units, 3, 0.1f, 7);
    LiveLayout layout = probed(observations, units, 12);
    float[] spoilt = observations.clone();
    spoilt[0] = Float.NaN;
    spoilt[31] = Float.POSITIVE_INFINITY;
    spoilt[62] = -3e38f;
    layout.probe(spoilt, ROWS);
    layout.tick();

    assertFinite(layout);
  }

  @Test
  void constantUnits_areDeadAndOnTheRim() {
    int units = 60;
    float[] observations = Planted.groups(ROWS, units, 3, 0.1f, 8);
    for (int r = 0; r < ROWS; r++) {
      observations[r * units + 9] = 0;
      observations[r * units + 10] = 2.5f;
    }
    LiveLayout layout = probed(observations, units, 15);

    float[] p = layout.positions();
    double reach = 0;
    for (int i = 0; i < units; i++) {
      reach = i == 9 || i == 10 ? reach : Math.max(reach, Math.hypot(p[2 * i], p[2 * i + 1]));
    }
    assertThat(layout.states()[9]).isEqualTo((byte) 1);
    assertThat(layout.states()[10]).isEqualTo((byte) 1);
    assertThat(layout.states()[11]).isEqualTo((byte) 0);
    assertThat(Math.hypot(p[18], p[19])).isGreaterThan(reach);
    assertThat(Math.hypot(p[20], p[21])).isGreaterThan(reach);
  }

  @Test
  void aUnitThatComesBack_isNewbornAndTravelsToItsCompany() {
    int units = 60;
    float[] whole = Planted.groups(ROWS, units, 3, 0.05f, 9);
    float[] without = whole.clone();
    for (int r = 0; r < ROWS; r++) {
      without[r * units + 6] = 0;
    }
    LiveLayout layout = probed(without, units, 12);
    assertThat(layout.states()[6]).isEqualTo((byte) 1);

    layout.probe(whole, ROWS);
    layout.tick();
    assertThat(layout.states()[6]).isEqualTo((byte) 2);
    for (int t = 0; t < 60; t++) {
      layout.probe(whole, ROWS);
      layout.tick();
    }
    assertThat(layout.states()[6]).isEqualTo((byte) 0);
    assertThat(distance(layout.positions(), 6, 0)).isLessThan(distance(layout.positions(), 6, 1));

    layout.probe(without, ROWS);
    layout.tick();
    assertThat(layout.states()[6]).as("a quiet tick is not death").isEqualTo((byte) 0);
    for (int t = 0; t < 2; t++) {
      layout.probe(without, ROWS);
      layout.tick();
    }
    assertThat(layout.states()[6]).isEqualTo((byte) 1);
  }

  @Test
  void births_deathsAndRevivals_areSeenAsMoves() {
    int units = 60;
    float[] whole = Planted.groups(ROWS, units, 3, 0.05f, 9);
    float[] without = whole.clone();
    for (int r = 0; r < ROWS; r++) {
      without[r * units + 6] = 0;
    }
    LiveLayout layout = probed(without, units, 12);
    double travelled = 0;
    float fromX = layout.positions()[12];
    float fromY = layout.positions()[13];
    for (int t = 0; t < 60; t++) {
      layout.probe(t < 30 ? whole : without, ROWS);
      layout.tick();
      double move = Math.hypot(layout.positions()[12] - fromX, layout.positions()[13] - fromY);
      assertThat(move).as("tick %d", t).isLessThan(0.25);
      travelled += move;
      fromX = layout.positions()[12];
      fromY = layout.positions()[13];
    }
    assertThat(travelled).isGreaterThan(0.6);
  }

  @Test
  void deadLayer_isDrawnWithoutFailing() {
    LiveLayout layout = probed(new float[50 * 20], 20, 12);

    assertFinite(layout);
    assertThat(layout.states()).containsOnly((byte) 1);
  }

  @Test
  void tickWithoutObservations_keepsCalm() {
    int units = 50;
    LiveLayout layout = probed(Planted.groups(ROWS, units, 5, 0.1f, 10), units, 12);
    layout.tick();

    assertThat(layout.quality().displacement()).isLessThan(0.005f);
  }

  @Test
  void stream_bringsGroupsTogether() {
    int units = 90;
    LiveLayout layout = new LiveLayout(units, LiveLayout.Options.defaults());
    for (int t = 0; t < 20; t++) {
      layout.fold(Planted.groups(128, units, 6, 0.05f, 100 + t), 128);
      layout.tick();
    }

    assertThat(sameGroupAmongNearest(layout.positions(), units, 6, 10)).isGreaterThan(0.95);
  }

  @Test
  void steadyState_allocatesNothing() {
    int units = 96;
    float[] observations = Planted.groups(ROWS, units, 4, 0.2f, 11);
    LiveLayout layout = probed(observations, units, 30);
    layout.fold(observations, 64);
    layout.tick();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 6; round++) {
      // The least of some rounds: what the JVM itself allocates for a class or a profile goes by.
      long before = threads.getThreadAllocatedBytes(id);
      for (int t = 0; t < 10; t++) {
        layout.probe(observations, ROWS);
        layout.fold(observations, 64);
        layout.tick();
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    assertThat(least).isLessThan(1024);
  }

  @Test
  void limitedTick_takesFewerSteps() {
    int units = 200;
    float[] observations = Planted.groups(ROWS, units, 5, 0.3f, 14);
    LiveLayout free = probed(observations, units, 3);
    LiveLayout limited = new LiveLayout(units, LiveLayout.Options.defaults());
    limited.limit(1e-6f);
    for (int t = 0; t < 3; t++) {
      limited.probe(observations, ROWS);
      limited.tick();
    }

    assertFinite(limited);
    assertThat(limited.quality().trustworthiness()).isLessThan(free.quality().trustworthiness());
  }

  @Test
  void drift_isOneMinusSpearmanOfTheDistances() {
    int units = 12;
    float[] before = Planted.groups(ROWS, units, 12, 0.3f, 12);
    float[] after = Planted.groups(ROWS, units, 3, 0.3f, 13);
    LiveLayout layout = probed(before, units, 2);
    layout.probe(after, ROWS);
    layout.tick();

    double expected = 1 - spearman(distances(before, units), distances(after, units));
    assertThat((double) layout.quality().drift()).isCloseTo(expected, within(1e-3));
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
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.limit(-1))
        .withMessage("millis must not be negative: -1.0");
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

  private static double distance(float[] p, int i, int j) {
    return Math.hypot(p[2 * i] - p[2 * j], p[2 * i + 1] - p[2 * j + 1]);
  }

  private static double[] distances(float[] observations, int units) {
    double[] out = new double[units * (units - 1) / 2];
    int at = 0;
    for (int i = 0; i < units; i++) {
      for (int j = i + 1; j < units; j++) {
        out[at++] = 1 - NaiveQuality.cosine(observations, ROWS, units, i, j);
      }
    }
    return out;
  }

  /** 1 − 6 Σ d² / (n³ − n), without ties. */
  private static double spearman(double[] a, double[] b) {
    double sum = 0;
    for (int p = 0; p < a.length; p++) {
      double apart = rank(a, p) - rank(b, p);
      sum += apart * apart;
    }
    double n = a.length;
    return 1 - 6 * sum / (n * n * n - n);
  }

  private static double rank(double[] values, int p) {
    return Arrays.stream(values).filter(v -> v < values[p]).count();
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
