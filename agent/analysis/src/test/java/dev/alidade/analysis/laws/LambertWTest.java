package dev.alidade.analysis.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LambertWTest {
  @Test
  void omegaConstant_isW1() {
    assertThat(LambertW.ofExp(0)).isCloseTo(0.5671432904097838, within(1e-15));
    assertThat(LambertW.ofExp(1)).isCloseTo(1, within(1e-15));
  }

  @Property
  void definition_holdsFarBeyondTheRangeOfExp(
      @ForAll @DoubleRange(min = -600, max = 1e6) double y) {
    double w = LambertW.ofExp(y);
    assertThat(w + Math.log(w)).isCloseTo(y, within(1e-13 * Math.max(1, Math.abs(y))));
  }
}
