package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeldRangeTest {
  private static float[] all(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void range_risesAtOnceAndFallsByAHundredth() {
    HeldRange held = new HeldRange();
    assertThat(held.range()).isZero();
    held.show(all(10, -4));
    float high = held.range();
    assertThat(high).isBetween(4f, 4.13f);
    held.show(all(10, 0));
    assertThat(held.range()).isCloseTo(0.99f * high, within(1e-5f));
    held.show(all(10, 8));
    assertThat(held.range()).isBetween(8f, 8.26f);
  }

  @Test
  void outliers_upToAFiftieth_haveNoSay() {
    float[] values = all(200, 1);
    values[3] = 1000;
    values[70] = -1000;
    values[71] = Float.NaN;
    values[72] = Float.POSITIVE_INFINITY;
    HeldRange held = new HeldRange();
    held.show(values);
    assertThat(held.range()).isBetween(1f, 1.04f);
  }

  @Test
  void fewValues_haveTheirLargestAsRange() {
    HeldRange held = new HeldRange();
    held.show(new float[] {0.1f, Float.MAX_VALUE, 0.2f});
    assertThat(held.range()).isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void noFiniteValue_leavesTheRange() {
    HeldRange held = new HeldRange();
    held.show(new float[] {Float.NaN});
    held.show(new float[0]);
    assertThat(held.range()).isZero();
  }
}
