package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AffinitiesTest {
  private static final int UNITS = 80;
  private static final int ROWS = 120;

  @Test
  void calibration_reachesThePerplexity() {
    Neighbours neighbours = neighbours(Planted.groups(ROWS, UNITS, 4, 0.3f, 7), 60);
    Affinities affinities = new Affinities(UNITS, 60, Kernels.plain());
    for (int i = 0; i < UNITS; i++) {
      affinities.calibrate(neighbours, i, 20);
      double sum = 0;
      double entropy = 0;
      for (int e = 0; e < 60; e++) {
        double p = affinities.p(i, e);
        sum += p;
        entropy -= p > 0 ? p * Math.log(p) : 0;
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
      assertThat(Math.exp(entropy)).isCloseTo(20, within(0.1));
    }
  }

  @Test
  void equalDistances_giveEqualAffinities() {
    float[] observations = new float[UNITS * UNITS];
    for (int i = 0; i < UNITS; i++) {
      observations[i * UNITS + i] = 1;
    }
    Neighbours neighbours = neighbours(observations, 60);
    Affinities affinities = new Affinities(UNITS, 60, Kernels.plain());
    affinities.calibrate(neighbours, 3, 20);

    for (int e = 0; e < 60; e++) {
      assertThat(affinities.p(3, e)).isEqualTo(1f / 60);
    }
  }

  @Test
  void lists_holdTheNearest() {
    float[] observations = Planted.groups(ROWS, UNITS, 4, 0.3f, 8);
    Neighbours neighbours = neighbours(observations, 12);
    for (int i = 0; i < UNITS; i++) {
      final int at = i;
      double[] all =
          java.util.stream.IntStream.range(0, UNITS)
              .filter(j -> j != at)
              .mapToDouble(j -> 1 - NaiveQuality.cosine(observations, ROWS, UNITS, at, j))
              .sorted()
              .toArray();
      double[] listed = new double[12];
      for (int e = 0; e < 12; e++) {
        listed[e] = neighbours.distance(i, e);
      }
      Arrays.sort(listed);
      assertThat(listed).containsExactly(Arrays.copyOf(all, 12), within(1e-5));
    }
  }

  private static Neighbours neighbours(float[] observations, int k) {
    Gram gram = new Gram(UNITS, Kernels.plain());
    gram.fold(GramTest.batch(observations, observations.length / UNITS, UNITS), 0);
    gram.complete();
    Neighbours neighbours = new Neighbours(UNITS, k);
    boolean[] everyone = new boolean[UNITS];
    Arrays.fill(everyone, true);
    neighbours.admit(everyone);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < UNITS; i++) {
        neighbours.refresh(gram, i, k);
      }
    }
    return neighbours;
  }
}
