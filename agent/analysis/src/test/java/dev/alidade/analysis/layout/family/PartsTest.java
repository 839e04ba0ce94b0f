package dev.alidade.analysis.layout.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts of the families against their definitions. */
class PartsTest {
  private static Work work() {
    return new Work(Duration.ofMinutes(1), () -> false, 1);
  }

  private static Vectors random(int rows, int units, Distance distance) {
    Random random = new Random(rows + 31L * units);
    float[] values = new float[rows * units];
    for (int at = 0; at < values.length; at++) {
      values[at] = random.nextFloat() - 0.3f;
    }
    return Vectors.of(Activity.observations(values, rows, units), distance);
  }

  private static double definition(Vectors vectors, int i, int j, Distance distance) {
    // Cosine and correlation vectors are of length 1: half the squared difference is 1 - cos.
    double square = 0;
    for (float[] row : vectors.x) {
      square += (row[i] - row[j]) * (double) (row[i] - row[j]);
    }
    return distance == Distance.EUCLIDEAN ? Math.sqrt(square) : square / 2;
  }

  @ParameterizedTest
  @EnumSource(Distance.class)
  void distances_areThoseOfTheDefinition(Distance distance) {
    Vectors vectors = random(20, 40, distance);
    float[] row = new float[40];
    for (int i = 0; i < 40; i++) {
      vectors.distances(i, 5, 40, row);
      for (int j = 5; j < 40; j++) {
        double expected = definition(vectors, i, j, distance);
        double tolerance = i == j ? 2e-3 : 1e-5;
        assertThat((double) row[j - 5]).isCloseTo(expected, within(tolerance));
        assertThat((double) vectors.distance(i, j)).isCloseTo(expected, within(tolerance));
      }
    }
  }

  @Test
  void correlation_ignoresShiftAndScale() {
    float[] values = {1, 12, -2, 14, -4, 11, 1, 12, -2};
    Vectors vectors = Vectors.of(Activity.observations(values, 3, 3), Distance.CORRELATION);

    assertThat(vectors.distance(0, 1)).isCloseTo(1 - correlation(values, 0, 1), within(1e-5f));
    assertThat(vectors.distance(0, 2)).isCloseTo(1 - correlation(values, 0, 2), within(1e-5f));
  }

  private static float correlation(float[] v, int a, int b) {
    double ma = (v[a] + v[3 + a] + v[6 + a]) / 3.0;
    double mb = (v[b] + v[3 + b] + v[6 + b]) / 3.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int r = 0; r < 9; r += 3) {
      ab += (v[r + a] - ma) * (v[r + b] - mb);
      aa += (v[r + a] - ma) * (v[r + a] - ma);
      bb += (v[r + b] - mb) * (v[r + b] - mb);
    }
    return (float) (ab / Math.sqrt(aa * bb));
  }

  @Test
  void nearest_areThoseOfASort() {
    Vectors vectors = random(10, 1500, Distance.COSINE);
    Nearest nearest = Nearest.of(vectors, 12, work());
    float[] row = new float[1500];
    for (int i = 0; i < 1500; i += 97) {
      int own = i;
      vectors.distances(i, 0, 1500, row);
      float[] sorted =
          IntStream.range(0, 1500)
              .boxed()
              .filter(j -> j != own)
              .sorted(Comparator.comparingDouble(j -> row[j]))
              .limit(12)
              .collect(
                  () -> new float[12],
                  (into, j) ->
                      into[(int) IntStream.range(0, 12).filter(e -> into[e] > 0).count()] = row[j],
                  (a, b) -> {});
      assertThat(Arrays.copyOfRange(nearest.distance, i * 12, i * 12 + 12))
          .containsExactly(sorted, within(1e-6f));
    }
  }

  @Test
  void links_areSymmetric() {
    Vectors vectors = random(10, 60, Distance.COSINE);
    Nearest nearest = Nearest.of(vectors, 7, work());
    Links links = Links.of(nearest, nearest.distance, Float::sum);
    float[][] full = new float[60][60];
    for (int i = 0; i < 60; i++) {
      for (int e = links.start[i]; e < links.start[i + 1]; e++) {
        assertThat(full[i][links.to[e]]).as("%d to %d twice", i, links.to[e]).isZero();
        full[i][links.to[e]] = links.weight[e];
      }
    }
    for (int e = 0; e < nearest.index.length; e++) {
      int i = e / 7;
      int j = nearest.index[e];
      assertThat(full[i][j]).isPositive().isEqualTo(full[j][i]);
    }
  }

  @Property(tries = 30)
  void quadTree_countsEveryOtherPointOnce(
      @ForAll @IntRange(min = 2, max = 300) int n, @ForAll boolean alike, @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = alike ? 1 : (float) random.nextGaussian();
      y[i] = alike ? 2 : (float) random.nextGaussian();
    }
    QuadTree tree = new QuadTree(n, x, y, 0.7f);
    tree.build();
    for (int i = 0; i < n; i++) {
      int m = tree.around(i);
      double points = 0;
      double sumX = 0;
      for (int e = 0; e < m; e++) {
        points += tree.mass[e];
        sumX += tree.mass[e] * tree.dx[e];
      }
      double expected = 0;
      for (float other : x) {
        expected += other - x[i];
      }
      assertThat(points).isEqualTo(n - 1);
      // Centres of mass: the sum of all differences is exact whatever is taken together.
      assertThat(sumX).isCloseTo(expected, within(1e-3 * n));
    }
  }

  @Test
  void quadTree_takesFarPointsTogether() {
    int n = 1000;
    float[] x = new float[n];
    float[] y = new float[n];
    Random random = new Random(4);
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
      y[i] = (float) random.nextGaussian();
    }
    QuadTree tree = new QuadTree(n, x, y, 0.7f);
    tree.build();
    assertThat(tree.around(17)).isLessThan(n / 3);
  }

  @Test
  void principal_findsThePlaneOfGreatestVariance() {
    Random random = new Random(5);
    float[][] truth = new float[2][100];
    float[] values = new float[6 * 100];
    for (int u = 0; u < 100; u++) {
      truth[0][u] = (float) (5 * Math.cos(Math.PI * u / 50));
      truth[1][u] = (float) (2 * Math.sin(Math.PI * u / 50));
      for (int r = 0; r < 6; r++) {
        values[r * 100 + u] =
            (r % 2 == 0 ? truth[0][u] : truth[1][u]) + 0.01f * (float) random.nextGaussian();
      }
    }
    Vectors vectors = Vectors.of(Activity.observations(values, 6, 100), Distance.EUCLIDEAN);

    float[][] scores = Principal.scores(vectors, 2, work());

    for (int c = 0; c < 2; c++) {
      double dot = 0;
      double own = 0;
      double found = 0;
      double mean = 0;
      for (float t : truth[c]) {
        mean += t / 100;
      }
      for (int u = 0; u < 100; u++) {
        double t = truth[c][u] - mean;
        dot += t * scores[c][u];
        own += t * t;
        found += scores[c][u] * (double) scores[c][u];
      }
      assertThat(Math.abs(dot) / Math.sqrt(own * found)).isGreaterThan(0.98);
      // Three rows hold each: the variance along a component is three times theirs.
      assertThat(found / own).isCloseTo(3, within(0.3));
    }
  }

  @Test
  void judge_agreesWithTheDefinition() {
    Vectors vectors = random(12, 90, Distance.COSINE);
    Random random = new Random(6);
    float[] x = new float[90];
    float[] y = new float[90];
    for (int i = 0; i < 90; i++) {
      x[i] = (float) random.nextGaussian() + vectors.x[0][i];
      y[i] = (float) random.nextGaussian() + vectors.x[1][i];
    }
    FamilyMap.Truth truth = Judge.of(vectors, x, y);

    double[][] near = new double[90][90];
    double[][] seen = new double[90][90];
    for (int i = 0; i < 90; i++) {
      for (int j = 0; j < 90; j++) {
        near[i][j] = i == j ? 9 : vectors.distance(i, j);
        seen[i][j] = i == j ? 99 : Math.hypot(x[i] - x[j], y[i] - y[j]);
      }
    }
    assertThat((double) truth.trustworthiness()).isCloseTo(reference(near, seen), within(2e-3));
    assertThat((double) truth.continuity()).isCloseTo(reference(seen, near), within(2e-3));
  }

  /** Trustworthiness of {@code shown} as to {@code real} (Venna and Kaski 2001). */
  private static double reference(double[][] real, double[][] shown) {
    int n = real.length;
    long sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (rank(shown[i], j) <= 10) {
          sum += Math.max(0, rank(real[i], j) - 10);
        }
      }
    }
    return 1 - 2.0 * sum / (n * 10.0 * (2 * n - 31));
  }

  private static int rank(double[] row, int j) {
    return 1 + (int) Arrays.stream(row).filter(d -> d < row[j]).count();
  }

  @Test
  void swarmsLaw_isThatOfThePaper() {
    for (float r = 0; r < 12; r += 0.37f) {
      double expected = 1.5 / Math.pow(r + 1, 3) - 15 * Math.exp(-r / 2);
      assertThat((double) Swarm.law(r * r)).isCloseTo(expected, within(0.01));
    }
  }

  @Test
  void profiles_areGroupMeansLessTheirMean() {
    float[] values = {1, 10, 3, 30, 8, 0, 99, 99};
    int[] groups = {0, 0, 2, -1};

    Activity profiles = Activity.profiles(values, groups, 4, 2);

    assertThat(profiles.rows()).isEqualTo(2);
    assertThat(profiles.value(0, 0)).isEqualTo(-3);
    assertThat(profiles.value(1, 0)).isEqualTo(3);
    assertThat(profiles.value(0, 1)).isEqualTo(10);
    assertThat(profiles.value(1, 1)).isEqualTo(-10);
  }

  @Test
  void profilesWithoutGroups_areOneRowOfZeros() {
    Activity profiles = Activity.profiles(new float[] {1, 2}, new int[] {-1}, 1, 2);

    assertThat(profiles.rows()).isEqualTo(1);
    assertThat(profiles.value(0, 1)).isZero();
  }

  @Test
  void groupsOfAnotherLength_nameBothLengths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activity.profiles(new float[6], new int[2], 3, 2))
        .withMessage("groups must be one for each of 3 observations: 2");
  }

  @Test
  void unknownDistance_namesThoseThatExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distance.of("manhattan"))
        .withMessage("unknown distance 'manhattan'; known: cosine, correlation, euclidean");
  }
}
