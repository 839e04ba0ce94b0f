package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LandmarkMapTest {
  @Test
  void unitsThatAreNoLandmarks_lieWithTheirGroup() {
    int units = 400;
    int rows = 100;
    int groups = 4;
    float[] observations = Planted.groups(rows, units, groups, 0.05f, 21);
    for (int r = 0; r < rows; r++) {
      observations[r * units + 5] = 0;
    }
    LandmarkMap map = new LandmarkMap(units, 100, LiveLayout.Options.defaults(), Kernels.plain());
    for (int t = 0; t < 15; t++) {
      map.probe(observations, rows);
      map.tick(10);
    }

    float[] p = map.positions();
    int own = 0;
    for (int i = 0; i < units; i++) {
      assertThat(p[2 * i]).isFinite();
      assertThat(p[2 * i + 1]).isFinite();
      own += i != 5 && nearest(p, units, i) % groups == i % groups ? 1 : 0;
    }
    assertThat(own).isGreaterThan(380);
    assertThat(map.states()[5]).isEqualTo(Vitality.DEAD);
    assertThat(map.states()[6]).isEqualTo(Vitality.ALIVE);
  }

  @Test
  void largeLayer_isLaidOutInBoundedMemory() {
    int units = 20_000;
    float[] observations = Planted.groups(8, units, 5, 0.1f, 22);
    LiveLayout layout = new LiveLayout(units, LiveLayout.Options.defaults(), Kernels.plain());
    layout.fold(observations, 8);
    layout.tick(1);

    assertThat(layout.positions()).hasSize(2 * units);
    LiveLayoutTest.assertFinite(layout);
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
