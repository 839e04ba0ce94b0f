package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class NearMapTest {
  private static final int ROWS = 100;

  @Test
  void ring_isTrueToAnIndependentJudge() {
    int units = 600;
    float[] observations = Planted.ring(ROWS, units, 20);
    NearMap map = probed(observations, units, 20);

    NaiveQuality naive = NaiveQuality.of(observations, ROWS, units, map.positions(), 10);
    assertThat(naive.trustworthiness()).isGreaterThan(0.97);
    assertThat(naive.continuity()).isGreaterThan(0.9);
    assertThat((double) map.quality().trustworthiness())
        .isCloseTo(naive.trustworthiness(), within(0.01 + 4 * map.qualityError()));
  }

  @Test
  void groups_lieTogetherAndTheDeadOnTheRim() {
    int units = 400;
    int groups = 4;
    float[] observations = Planted.groups(ROWS, units, groups, 0.05f, 21);
    for (int r = 0; r < ROWS; r++) {
      observations[r * units + 5] = 0;
    }
    NearMap map = probed(observations, units, 15);

    float[] p = map.positions();
    int own = 0;
    double reach = 0;
    for (int i = 0; i < units; i++) {
      assertThat(p[2 * i]).isFinite();
      assertThat(p[2 * i + 1]).isFinite();
      own += i != 5 && nearest(p, units, i) % groups == i % groups ? 1 : 0;
      reach = i == 5 ? reach : Math.max(reach, Math.hypot(p[2 * i], p[2 * i + 1]));
    }
    assertThat(own).isGreaterThan(380);
    assertThat(map.states()[5]).isEqualTo(Vitality.DEAD);
    assertThat(map.states()[6]).isEqualTo(Vitality.ALIVE);
    assertThat(Math.hypot(p[10], p[11])).isGreaterThan(reach);
  }

  @Test
  void frozenProbe_movesLessThanHalfAPercentPerTick() {
    int units = 300;
    float[] observations = Planted.groups(ROWS, units, 5, 0.2f, 3);
    NearMap map = probed(observations, units, 10);
    for (int t = 0; t < 10; t++) {
      map.probe(observations, ROWS);
      map.tick(10);
      assertThat(map.quality().displacement()).isLessThan(0.005f);
    }
  }

  @Test
  void aUnitThatDiesAndComesBack_findsItsCompany() {
    int units = 300;
    float[] whole = Planted.groups(ROWS, units, 3, 0.05f, 9);
    float[] without = whole.clone();
    for (int r = 0; r < ROWS; r++) {
      without[r * units + 6] = 0;
    }
    NearMap map = probed(without, units, 12);
    assertThat(map.states()[6]).isEqualTo(Vitality.DEAD);
    for (int t = 0; t < 60; t++) {
      map.probe(whole, ROWS);
      map.tick(10);
    }
    assertThat(map.states()[6]).isEqualTo(Vitality.ALIVE);
    assertThat(nearest(map.positions(), units, 6) % 3).isZero();
  }

  @Test
  void largeLayer_isLaidOutInBoundedMemory() {
    int units = 20_000;
    float[] observations = Planted.groups(8, units, 5, 0.1f, 22);
    LiveLayout layout = new LiveLayout(units, LiveLayout.Options.defaults(), Kernels.plain());
    layout.fold(observations, 8);
    layout.limit(1);
    layout.tick(1);

    assertThat(layout.positions()).hasSize(2 * units);
    LiveLayoutTest.assertFinite(layout);
  }

  @Test
  void steadyState_allocatesNothing() {
    int units = 300;
    float[] observations = Planted.groups(ROWS, units, 4, 0.2f, 11);
    NearMap map = probed(observations, units, 30);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 6; round++) {
      // The least of some rounds: what the JVM itself allocates for a class or a profile goes by.
      long before = threads.getThreadAllocatedBytes(id);
      for (int t = 0; t < 5; t++) {
        map.probe(observations, ROWS);
        map.tick(10);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    assertThat(least).isLessThan(1024);
  }

  private static NearMap probed(float[] observations, int units, int ticks) {
    NearMap map = new NearMap(units, LiveLayout.Options.defaults(), Kernels.plain());
    for (int t = 0; t < ticks; t++) {
      map.probe(observations, ROWS);
      map.tick(10);
    }
    return map;
  }

  private static int nearest(float[] p, int units, int i) {
    int best = -1;
    double least = Double.MAX_VALUE;
    for (int j = 0; j < units; j++) {
      double d = Math.hypot(p[2 * j] - p[2 * i], p[2 * j + 1] - p[2 * i + 1]);
      if (j != i && d < least) {
        least = d;
        best = j;
      }
    }
    return best;
  }
}
