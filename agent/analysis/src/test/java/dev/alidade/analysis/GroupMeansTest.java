package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GroupMeansTest {
  private static void add(GroupMeans means, int group, int count, float... row) {
    for (int i = 0; i < count; i++) {
      means.add(group, row, true);
    }
    means.fold(true);
  }

  @Test
  void profile_isTheMeanLessTheUnweightedMeanOverSeenGroups() {
    GroupMeans means = new GroupMeans(3, 2);
    add(means, 0, 100, 4, 0);
    add(means, 2, 1, 0, 2);
    assertThat(means.profiles()).containsExactly(2, -1, 0, 0, -2, 1);
  }

  @Test
  void window_isOf256ObservationsOfTheGroup() {
    GroupMeans means = new GroupMeans(2, 1);
    add(means, 1, 1, 0);
    add(means, 0, 64, 1);
    add(means, 0, 64, 3);
    assertThat(means.profiles()[0]).as("a plain mean at first").isEqualTo(1);
    add(means, 0, 256, 10);
    assertThat(means.profiles()[0]).isEqualTo(5);
    add(means, 0, 128, 20);
    assertThat(means.profiles()[0]).as("half the window is new").isEqualTo(7.5f);
    add(means, 0, 4096, 1);
    assertThat(means.profiles()[0]).isEqualTo(0.5f);
  }

  @Test
  void manyObservations_keepTheirPrecision() {
    GroupMeans means = new GroupMeans(2, 1);
    add(means, 1, 1, 0);
    add(means, 0, 20_000, 1.1f); // a float sum would be off by a thousandth
    assertThat((double) means.profiles()[0]).isCloseTo(0.55, within(1e-6));
  }

  @Test
  void nonFinite_unitsKeepTheirMeans() {
    GroupMeans means = new GroupMeans(2, 2);
    add(means, 0, 10, 2, 2);
    add(means, 1, 10, 0, 0);
    means.add(0, new float[] {Float.NaN, 2}, false);
    means.fold(false);
    assertThat(means.profiles()).containsExactly(1, 1, -1, -1);
  }
}
