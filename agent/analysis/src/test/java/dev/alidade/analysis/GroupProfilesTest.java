package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GroupProfilesTest {
  private static final float[] ROWS = {1, 10, 3, 20, 5, 60, 100, 100};

  @Test
  void profile_isTheGroupsMeanLessTheUnweightedMeanOfGroups() {
    GroupProfiles profiles = new GroupProfiles(2, 2);

    profiles.fold(ROWS, 4, new int[] {0, 0, 1, -1});

    // Means (2, 15) and (5, 60), their mean (3.5, 37.5); the fourth row is of no group.
    assertThat(profiles.profiles())
        .containsExactly(new float[] {-1.5f, -22.5f, 1.5f, 22.5f}, within(1e-5f));
    assertThat(profiles.range()).isGreaterThanOrEqualTo(1.5f);
  }

  @Test
  void groupThatWasNeverSeen_isZero_andHasNoSayInTheMean() {
    GroupProfiles profiles = new GroupProfiles(3, 2);

    profiles.fold(ROWS, 3, new int[] {0, 0, 2});

    assertThat(profiles.profiles())
        .containsExactly(new float[] {-1.5f, -22.5f, 0, 0, 1.5f, 22.5f}, within(1e-5f));
  }

  @Test
  void shownRows_takeThePlaceOfThoseBefore() {
    GroupProfiles profiles = new GroupProfiles(2, 2);
    profiles.show(ROWS, 2, new int[] {0, 1});

    profiles.show(ROWS, 4, new int[] {-1, -1, 1, 0});

    assertThat(profiles.profiles())
        .containsExactly(new float[] {47.5f, 20, -47.5f, -20}, within(1e-5f));
  }

  @Test
  void hugeValues_doNotOverflow() {
    GroupProfiles profiles = new GroupProfiles(2, 1);

    profiles.fold(new float[] {3e38f, 3e38f, 0}, 3, new int[] {0, 0, 1});

    assertThat(profiles.profiles()[0]).isCloseTo(1.5e38f, within(1e33f));
  }

  @Test
  void groupThatIsNone_isRefused() {
    GroupProfiles profiles = new GroupProfiles(2, 2);

    assertThatThrownBy(() -> profiles.fold(ROWS, 1, new int[] {2}))
        .hasMessage("group must be -1 to 1: 2");
  }
}
