package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GramTest {
  @Property(tries = 40)
  void average_equalsTheDefinition(
      @ForAll @IntRange(min = 1, max = 40) int units,
      @ForAll @IntRange(min = 1, max = 150) int rows,
      @ForAll long seed) {
    Random random = new Random(seed);
    Gram gram = new Gram(units, Kernels.plain());
    double[][] expected = new double[units][units];
    for (int t = 0; t < 3; t++) {
      float[] observations = sparse(random, rows * units);
      float retention = t == 0 ? 0 : 0.8f;
      gram.fold(batch(observations, rows, units), retention);
      average(expected, observations, rows, units, retention);
    }
    gram.complete();

    for (int i = 0; i < units; i++) {
      for (int j = 0; j < units; j++) {
        assertThat((double) gram.value(i, j)).isCloseTo(expected[i][j], within(1e-4));
      }
    }
  }

  @Test
  void distance_isOneMinusCosine() {
    int rows = 60;
    int units = 17;
    float[] observations = Planted.groups(rows, units, 3, 0.3f, 5);
    Gram gram = new Gram(units, Kernels.plain());
    gram.fold(batch(observations, rows, units), 0);
    gram.complete();
    float[] row = new float[units];
    gram.distances(4, new float[units], row);

    for (int j = 0; j < units; j++) {
      double expected = 1 - NaiveQuality.cosine(observations, rows, units, 4, j);
      assertThat((double) gram.distance(4, j)).isCloseTo(expected, within(1e-5));
      assertThat((double) row[j]).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void valuesThatAreNotFinite_doNotStay() {
    float[] observations = {1, Float.NaN, 2, Float.POSITIVE_INFINITY, 3e30f, 1};
    Gram gram = new Gram(3, Kernels.plain());
    gram.fold(batch(observations, 2, 3), 0);
    gram.complete();

    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(gram.value(i, j)).isFinite();
        assertThat(gram.distance(i, j)).isFinite();
      }
    }
  }

  static Batch batch(float[] observations, int rows, int units) {
    Batch batch = new Batch(units);
    batch.load(observations, rows, rows);
    return batch;
  }

  private static float[] sparse(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextBoolean() ? 0 : (float) random.nextGaussian();
    }
    return values;
  }

  private static void average(
      double[][] g, float[] observations, int rows, int units, double retention) {
    for (int i = 0; i < units; i++) {
      for (int j = 0; j < units; j++) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
          sum += (double) observations[r * units + i] * observations[r * units + j];
        }
        g[i][j] = retention * g[i][j] + (1 - retention) * sum / rows;
      }
    }
  }
}
