package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  private static final int GROUPS = 6;
  private static final int UNITS = 60;

  /** A layer whose group g is excited where its tenth of the units lies. */
  private static final class Layer {
    final float[] positions = new float[2 * UNITS];
    final float[] profiles = new float[GROUPS * UNITS];
    final byte[] states = new byte[UNITS];
    final Alignment alignment = new Alignment();

    Layer(long seed) {
      Random random = new Random(seed);
      for (int unit = 0; unit < UNITS; unit++) {
        int group = unit % GROUPS;
        // Not evenly around, or a turn by one group would fit nearly as well.
        double at = 0.5 * group * group / GROUPS * 2;
        positions[2 * unit] = (float) (Math.cos(at) + 0.2 * random.nextGaussian());
        positions[2 * unit + 1] = (float) (Math.sin(at) + 0.2 * random.nextGaussian());
        for (int g = 0; g < GROUPS; g++) {
          profiles[g * UNITS + unit] = g == group ? 1 : -0.2f;
        }
      }
    }

    void turn(double angle, int mirror) {
      for (int unit = 0; unit < UNITS; unit++) {
        double x = positions[2 * unit];
        double y = mirror * positions[2 * unit + 1];
        positions[2 * unit] = (float) (Math.cos(angle) * x - Math.sin(angle) * y);
        positions[2 * unit + 1] = (float) (Math.sin(angle) * x + Math.cos(angle) * y);
      }
    }

    void tick(Layer before) {
      alignment.place(positions, states, profiles, GROUPS, UNITS);
      if (before != null) {
        alignment.follow(before.alignment);
      }
    }

    float x(int unit) {
      float[] pose = alignment.pose();
      return pose[0] * positions[2 * unit] + pose[1] * positions[2 * unit + 1];
    }

    float y(int unit) {
      float[] pose = alignment.pose();
      return pose[2] * positions[2 * unit] + pose[3] * positions[2 * unit + 1];
    }
  }

  @Property(tries = 60)
  void aTurnedCopy_isTurnedBackAtOnce(
      @ForAll @DoubleRange(min = -3.1, max = 3.1) double angle, @ForAll boolean mirrored) {
    Layer first = new Layer(1);
    Layer second = new Layer(1);
    second.turn(angle, mirrored ? -1 : 1);

    first.tick(null);
    second.tick(first);

    for (int unit = 0; unit < UNITS; unit++) {
      assertThat(second.x(unit)).isCloseTo(first.x(unit), within(1e-4f));
      assertThat(second.y(unit)).isCloseTo(first.y(unit), within(1e-4f));
    }
  }

  @Property(tries = 60)
  void pose_isAlwaysARotationOrAReflection(
      @ForAll long seed, @ForAll @DoubleRange(min = -3, max = 3) double angle) {
    Layer first = new Layer(seed);
    Layer second = new Layer(seed + 1);
    for (int tick = 0; tick < 8; tick++) {
      second.turn(angle / 3, tick == 2 ? -1 : 1);
      first.tick(null);
      second.tick(first);
      float[] p = second.alignment.pose();
      assertThat(p[0] * p[0] + p[2] * p[2]).isCloseTo(1, within(1e-5f));
      assertThat(p[1] * p[1] + p[3] * p[3]).isCloseTo(1, within(1e-5f));
      assertThat(p[0] * p[1] + p[2] * p[3]).isCloseTo(0, within(1e-5f));
    }
  }

  @Test
  void smallTurns_areLetBe_andLargerOnesAreEased() {
    Layer first = new Layer(1);
    Layer second = new Layer(1);
    first.tick(null);
    second.tick(first);
    float[] still = second.alignment.pose();

    second.turn(Math.toRadians(4), 1);
    second.tick(first);
    assertThat(second.alignment.pose()).isEqualTo(still);

    second.turn(Math.toRadians(56), 1);
    second.tick(first);
    assertThat(Math.toDegrees(Math.acos(second.alignment.pose()[0]))).isCloseTo(6, within(0.01));
    for (int tick = 0; tick < 40; tick++) {
      second.tick(first);
    }
    assertThat(Math.toDegrees(Math.acos(second.alignment.pose()[0]))).isBetween(54.9, 60.0);
  }

  @Test
  void aReflection_waitsUntilItStays() {
    Layer first = new Layer(1);
    Layer second = new Layer(1);
    first.tick(null);
    second.tick(first);
    second.turn(0, -1);
    for (int tick = 0; tick < 4; tick++) {
      second.tick(first);
      assertThat(determinant(second)).isPositive();
    }

    second.tick(first);

    assertThat(determinant(second)).isNegative();
    assertThat(second.x(7)).isCloseTo(first.x(7), within(1e-4f));
  }

  private static float determinant(Layer layer) {
    float[] p = layer.alignment.pose();
    return p[0] * p[3] - p[1] * p[2];
  }

  @Test
  void deadUnits_haveNoSay() {
    Layer first = new Layer(1);
    Layer second = new Layer(1);
    for (int unit = 0; unit < 12; unit++) {
      second.states[unit] = 1;
      second.positions[2 * unit] = 40;
      first.states[unit] = 1;
    }

    first.tick(null);
    second.tick(first);

    assertThat(second.alignment.pose()).containsExactly(new float[] {1, 0, 0, 1}, within(1e-4f));
  }

  @Test
  void layerWithoutProfiles_staysAsItIs() {
    Layer first = new Layer(1);
    Layer second = new Layer(2);
    java.util.Arrays.fill(second.profiles, 0);

    first.tick(null);
    second.tick(first);

    assertThat(second.alignment.isPlaced()).isFalse();
    assertThat(second.alignment.pose()).containsExactly(new float[] {1, 0, 0, 1}, within(0f));
  }
}
