package dev.alidade.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.analysis.layout.Kernels;
import dev.alidade.analysis.layout.LiveLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorKernelsTest {
  private final Kernels vector = new VectorKernels();
  private final Kernels plain = Kernels.plain();

  @Test
  void best_isTheVectorOneWhereTheModuleIsPresent() {
    assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
    assertThat(new LiveLayout(4, LiveLayout.Options.defaults()).kernels()).startsWith("vector, ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 15, 16, 17, 128, 145, 300})
  void accumulate_addsTheRows(int n) {
    for (int count : new int[] {0, 1, 4, 5, 8, 13}) {
      float[][] rows = random(20, n, 1);
      int[] pick = new int[count + 3];
      float[] factor = new float[count + 3];
      for (int e = 0; e < count; e++) {
        pick[e] = (7 * e + 3) % 20;
        factor[e] = 0.1f * (e - 4);
      }
      float[] one = random(1, n, 2)[0];
      float[] other = one.clone();
      int from = n / 3;
      plain.accumulate(one, from, 0.9f, rows, pick, factor, count);
      vector.accumulate(other, from, 0.9f, rows, pick, factor, count);

      close(
          java.util.Arrays.copyOfRange(other, from, n),
          java.util.Arrays.copyOfRange(one, from, n),
          n - from,
          1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 33, 100})
  void repel_agreesWithThePlainOne(int n) {
    float[][] points = random(3, n + 16, 3);
    float[][] one = new float[8][n + 16];
    float[][] other = new float[8][n + 16];
    plain.repel(n, copy(points), one);
    vector.repel(n, copy(points), other);

    for (int k = 0; k < 4; k++) {
      close(other[k], one[k], n, 2e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 33, 100})
  void interact_addsTheAttraction(int n) {
    int lanes = vector.lanes();
    float[][] points = random(3, n + 16, 4);
    float[][] affinity = random(n, n, 5);
    float[] packed = new float[(n + lanes) * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        packed[((i / lanes) * n + j) * lanes + i % lanes] = affinity[i][j];
      }
    }
    float[][] one = new float[8][n + 16];
    float[][] other = new float[8][n + 16];
    plain.repel(n, copy(points), one);
    vector.interact(n, copy(points), packed, other);

    for (int k = 0; k < 4; k++) {
      close(other[k], one[k], n, 2e-4);
    }
    for (int axis = 0; axis < 3; axis++) {
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          double square = 0;
          for (float[] p : points) {
            square += (double) (p[i] - p[j]) * (p[i] - p[j]);
          }
          sum += affinity[i][j] / (1 + square) * (points[axis][i] - points[axis][j]);
        }
        assertThat((double) other[4 + axis][i]).isCloseTo(sum, within(2e-4 * (1 + Math.abs(sum))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 100})
  void sums_agreeWithThePlainOnes(int n) {
    float[][] points = random(3, n + 16, 6);
    float[] weight = random(1, n + 16, 7)[0];
    float[] scratch = new float[n];
    float weights = plain.weights(n, points, 1, 0, 0.5f, scratch);
    float logs = plain.logarithms(n, copy(points), weight.clone(), 1, 0, 0.5f);

    assertThat(vector.weights(n, points, 1, 0, 0.5f, scratch))
        .isCloseTo(weights, within(1e-4f * n));
    assertThat(vector.logarithms(n, copy(points), weight.clone(), 1, 0, 0.5f))
        .isCloseTo(logs, within(1e-4f * n));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 100})
  void fieldAndDot_agreeWithThePlainOnes(int n) {
    float[][] sources = random(3, n + 16, 10);
    float[] one = new float[3];
    float[] other = new float[3];
    plain.field(n, copy(sources), 0.3f, 1, new float[3][n + 16], one);
    vector.field(n, copy(sources), 0.3f, 1, new float[3][n + 16], other);

    close(other, one, 3, 1e-3);
    float dot = plain.dot(sources[0], 2, sources[1], 1, n);
    assertThat(vector.dot(sources[0], 2, sources[1], 1, n)).isCloseTo(dot, within(1e-4f * n));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 91})
  void weigh_agreesWithTheExponential(int n) {
    float[] s = random(1, n, 8)[0];
    for (int e = 0; e < n; e++) {
      s[e] = Math.abs(s[e]);
    }
    float[] weight = new float[n];
    float[] moments = new float[3];
    vector.weigh(s, n, 5, weight, moments);

    double[] sums = new double[3];
    for (int e = 0; e < n; e++) {
      double v = Math.exp(-5.0 * s[e]);
      assertThat((double) weight[e]).isCloseTo(v, within(3e-4 * v + 1e-12));
      sums[0] += v;
      sums[1] += v * s[e];
      sums[2] += v * s[e] * s[e];
    }
    for (int k = 0; k < 3; k++) {
      assertThat((double) moments[k]).isCloseTo(sums[k], within(1e-3 * sums[k]));
    }
  }

  @Test
  void next_findsTheFirstBelow() {
    float[] values = new float[50];
    java.util.Arrays.fill(values, 1);
    values[20] = 0.2f;
    values[37] = 0.4f;
    values[49] = 0.1f;

    assertThat(vector.next(values, 0, 50, 0.5f)).isEqualTo(20);
    assertThat(vector.next(values, 21, 50, 0.5f)).isEqualTo(37);
    assertThat(vector.next(values, 38, 50, 0.5f)).isEqualTo(49);
    assertThat(vector.next(values, 38, 49, 0.5f)).isEqualTo(49);
    assertThat(vector.next(values, 21, 50, 0.05f)).isEqualTo(50);
  }

  @Test
  void map_isAsGoodAsThePlainOne() {
    int units = 90;
    int rows = 120;
    Random random = new Random(9);
    float[] observations = new float[rows * units];
    for (int r = 0; r < rows; r++) {
      double phase = 2 * Math.PI * random.nextDouble();
      for (int i = 0; i < units; i++) {
        observations[r * units + i] =
            (float) Math.max(0, Math.cos(2 * Math.PI * i / units - phase));
      }
    }
    assertThat(trust(vector, observations, rows, units))
        .isCloseTo(trust(plain, observations, rows, units), within(0.01f))
        .isGreaterThan(0.95f);
  }

  private static float trust(Kernels kernels, float[] observations, int rows, int units) {
    LiveLayout layout = new LiveLayout(units, LiveLayout.Options.defaults(), kernels);
    for (int t = 0; t < 15; t++) {
      layout.probe(observations, rows);
      layout.tick();
    }
    return layout.quality().trustworthiness();
  }

  private static void close(float[] actual, float[] expected, int n, double share) {
    for (int i = 0; i < n; i++) {
      assertThat((double) actual[i])
          .isCloseTo(expected[i], within(share * (1 + Math.abs(expected[i]))));
    }
  }

  private static float[][] copy(float[][] arrays) {
    float[][] copy = arrays.clone();
    for (int k = 0; k < copy.length; k++) {
      copy[k] = arrays[k].clone();
    }
    return copy;
  }

  private static float[][] random(int rows, int n, int seed) {
    Random random = new Random(seed);
    float[][] out = new float[rows][n];
    for (float[] row : out) {
      for (int i = 0; i < n; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return out;
  }
}
