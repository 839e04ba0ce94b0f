package dev.alidade.analysis.layout.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutFamilyTest {
  private static List<String> names() {
    return LayoutFamily.names();
  }

  private static FamilyMap lay(String name, LayoutTask task) {
    return LayoutFamily.of(name).lay(task);
  }

  private static double rms(FamilyMap map) {
    double sum = 0;
    int n = 0;
    for (int u = 0; u < map.states().length; u++) {
      if (map.states()[u] == 0) {
        sum += square(map.positions(), u);
        n++;
      }
    }
    return Math.sqrt(sum / n);
  }

  private static double square(float[] positions, int unit) {
    double x = positions[2 * unit];
    double y = positions[2 * unit + 1];
    return x * x + y * y;
  }

  private static void isFinite(FamilyMap map) {
    for (float value : map.positions()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void names_areTheSixFamiliesAndTheirHybrids() {
    assertThat(LayoutFamily.names())
        .containsExactly(
            "pca",
            "som",
            "graph",
            "tsne",
            "umap",
            "pso",
            "pca+pso",
            "som+pso",
            "graph+pso",
            "tsne+pso",
            "umap+pso");
  }

  @ParameterizedTest
  @MethodSource("names")
  void name_isTheOneAskedFor(String name) {
    assertThat(LayoutFamily.of(name).name()).isEqualTo(name);
  }

  @Test
  void unknownName_namesThoseThatExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayoutFamily.of("t-sne"))
        .withMessage(
            "unknown layout 't-sne'; known: live, pca, som, graph, tsne, umap, pso, pca+pso,"
                + " som+pso, graph+pso, tsne+pso, umap+pso");
  }

  @Test
  void live_isSaidNotToBeComputedHere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayoutFamily.of("live"))
        .withMessageContaining("drawn while a network trains");
  }

  @ParameterizedTest
  @MethodSource("names")
  void ring_staysTogether(String name) {
    FamilyMap map = lay(name, LayoutTask.of(Ring.of(200, 120, 1)));

    assertThat(map.truth().trustworthiness()).isGreaterThan(0.85f);
    assertThat(map.truth().continuity()).isGreaterThan(0.85f);
    assertThat(rms(map)).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("names")
  void sameTask_givesTheSameMap(String name) {
    Activity activity = Ring.of(60, 70, 2);
    float[] once = lay(name, LayoutTask.of(activity).seed(5)).positions();

    assertThat(lay(name, LayoutTask.of(activity).seed(5)).positions()).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("names")
  void deadUnits_areParkedOnTheRim(String name) {
    float[] values = Ring.values(60, 40, 3);
    for (int r = 0; r < 60; r++) {
      values[r * 40 + 7] = 0;
      values[r * 40 + 8] = 2.5f;
    }
    FamilyMap map = lay(name, LayoutTask.of(Activity.observations(values, 60, 40)));

    double reach = 0;
    for (int u = 0; u < 40; u++) {
      boolean dead = u == 7 || u == 8;
      assertThat(map.states()[u]).isEqualTo((byte) (dead ? 1 : 0));
      reach = dead ? reach : Math.max(reach, square(map.positions(), u));
    }
    assertThat(square(map.positions(), 7)).isGreaterThan(1.2 * reach);
    assertThat(square(map.positions(), 8)).isCloseTo(square(map.positions(), 7), within(1e-3));
  }

  @Property(tries = 60)
  void anyActivity_givesAFiniteMap(
      @ForAll @IntRange(min = 1, max = 9) int units,
      @ForAll @IntRange(min = 1, max = 12) int rows,
      @ForAll @IntRange(min = 0, max = 10) int method,
      @ForAll Distance distance,
      @ForAll @IntRange(min = 0, max = 4) int kind,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * units];
    for (int at = 0; at < values.length; at++) {
      values[at] =
          switch (kind) {
            case 0 -> random.nextFloat();
            case 1 -> random.nextInt(2);
            case 2 -> 1e30f * random.nextFloat();
            case 3 -> random.nextInt(5) == 0 ? Float.NaN : 1e-30f * random.nextFloat();
            default -> (at / units) % 3;
          };
    }
    FamilyMap map =
        lay(
            LayoutFamily.names().get(method),
            LayoutTask.of(Activity.observations(values, rows, units)).distance(distance));

    isFinite(map);
    assertThat(map.positions()).hasSize(2 * units);
  }

  @ParameterizedTest
  @MethodSource("names")
  void equalDistances_giveAFiniteMapOfRadiusOne(String name) {
    int units = 30;
    float[] values = new float[units * units];
    for (int u = 0; u < units; u++) {
      values[u * units + u] = 1;
    }
    FamilyMap map = lay(name, LayoutTask.of(Activity.observations(values, units, units)));

    isFinite(map);
    assertThat(rms(map)).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("names")
  void duplicates_giveAFiniteMapOfRadiusOne(String name) {
    int units = 50;
    float[] one = Ring.values(40, 1, 4);
    float[] values = new float[40 * units];
    for (int at = 0; at < values.length; at++) {
      values[at] = one[at / units];
    }
    FamilyMap map = lay(name, LayoutTask.of(Activity.observations(values, 40, units)));

    isFinite(map);
    assertThat(rms(map)).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("names")
  void pose_isThatOfTheMapGiven(String name) {
    Activity activity = Ring.of(60, 50, 6);
    float[] first = lay(name, LayoutTask.of(activity)).positions();
    float[] turned = new float[first.length];
    for (int u = 0; u < 50; u++) {
      turned[2 * u] = -first[2 * u + 1] + 3;
      turned[2 * u + 1] = -first[2 * u] - 2;
    }

    float[] posed = lay(name, LayoutTask.of(activity).pose(turned)).positions();

    for (int u = 0; u < 50; u++) {
      assertThat(posed[2 * u]).isCloseTo(turned[2 * u] - 3, within(1e-2f));
      assertThat(posed[2 * u + 1]).isCloseTo(turned[2 * u + 1] + 2, within(1e-2f));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void warmStart_keepsUnitsNearTheirPlaces(String name) {
    Activity activity = Ring.of(80, 60, 7);
    float[] first = lay(name, LayoutTask.of(activity)).positions();

    float[] next = lay(name, LayoutTask.of(activity).warm(first).seed(9)).positions();

    double moved = 0;
    for (int u = 0; u < 60; u++) {
      moved += Math.hypot(next[2 * u] - first[2 * u], next[2 * u + 1] - first[2 * u + 1]) / 60;
    }
    // Maps that have nothing to do with each other are 1.2 apart after the best rotation.
    assertThat(moved).isLessThan(0.6);
  }

  @Test
  void earlierMapThatSaysNothing_isNotBegunAt() {
    Activity activity = Ring.of(80, 60, 7);
    Random random = new Random(1);
    float[] noise = new float[120];
    for (int at = 0; at < noise.length; at++) {
      noise[at] = (float) random.nextGaussian();
    }

    float[] warm = lay("tsne", LayoutTask.of(activity).warm(noise)).positions();

    assertThat(warm).isEqualTo(lay("tsne", LayoutTask.of(activity).pose(noise)).positions());
  }

  @ParameterizedTest
  @MethodSource("names")
  void cancelledTask_isAbandoned(String name) {
    LayoutTask task = LayoutTask.of(Ring.of(30, 40, 8)).cancelled(() -> true);

    assertThatThrownBy(() -> lay(name, task)).isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @MethodSource("names")
  void timeLimit_stillGivesAMap(String name) {
    LayoutTask task = LayoutTask.of(Ring.of(30, 40, 8)).limit(Duration.ofNanos(1));

    FamilyMap map = lay(name, task);

    isFinite(map);
    assertThat(rms(map)).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource(Distance.class)
  void everyDistance_isUsable(Distance distance) {
    FamilyMap map = lay("tsne", LayoutTask.of(Ring.of(100, 80, 1)).distance(distance));

    assertThat(map.truth().trustworthiness()).isGreaterThan(0.9f);
  }

  @Test
  void largeLayer_isLaidOutByApproximation() {
    Activity activity = Ring.of(16, 2100, 11);

    for (String name : List.of("graph", "umap", "pso", "som")) {
      FamilyMap map = lay(name, LayoutTask.of(activity).limit(Duration.ofSeconds(3)));
      isFinite(map);
      assertThat(map.truth().trustworthiness()).as(name).isGreaterThan(0.8f);
    }
  }

  @Test
  void warmPositionsOfAnotherLength_nameBothLengths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayoutTask.of(Ring.of(10, 5, 1)).warm(new float[8]))
        .withMessage("warm must have two coordinates for each of 5 units: 8");
  }
}
