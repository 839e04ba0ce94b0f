package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LayerAnalysisTest {
  private static final float NAN = Float.NaN;

  private static LayerAnalysis analysis(int units, int groups) {
    return new LayerAnalysis(new LayerTraits("dense1", units, "relu", groups, false));
  }

  private static float value(LayerAnalysis analysis, String id) {
    float[] values = new float[Quantities.layer().size()];
    analysis.values(values);
    for (int i = 0; i < values.length; i++) {
      if (Quantities.layer().get(i).info().id().equals(id)) {
        return values[i];
      }
    }
    throw new AssertionError(id);
  }

  @Test
  void dense_rows_handMade() {
    LayerAnalysis analysis = analysis(3, 0);
    float[] values = {1, 0, -4, 3, 0, 2};
    analysis.accept(Activations.of(values, Geometry.dense(2, 3)), 7);
    assertThat(analysis.iteration()).isEqualTo(7);
    assertThat(analysis.unitMean()).containsExactly(2, 0, -1);
    assertThat(analysis.unitStd()).containsExactly(1, 0, 3);
    assertThat(analysis.unitNonZero()).containsExactly(1, 0, 1);
    assertThat(analysis.unitMaxAbs()).containsExactly(3, 0, 4);
    assertThat(value(analysis, "mean")).isCloseTo(2 / 6f, within(1e-7f));
    assertThat(value(analysis, "median_abs")).isEqualTo(1);
    assertThat(value(analysis, "zero_share")).isEqualTo(2 / 6f);
    assertThat(analysis.topCount()).isEqualTo(3);
    assertThat(analysis.topValue(0)).isEqualTo(-4);
    assertThat(analysis.topUnit(0)).isEqualTo(2);
    assertThat(analysis.topRow(1)).isEqualTo(1);
  }

  @Test
  void nonFinite_values_areCountedAndLeftOut() {
    LayerAnalysis analysis = analysis(2, 0);
    float[] values = {1, NAN, 3, Float.POSITIVE_INFINITY};
    analysis.accept(Activations.of(values, Geometry.dense(2, 2)), 0);
    assertThat(analysis.unitMean()).containsExactly(2, NAN);
    assertThat(value(analysis, "nan_count")).isEqualTo(1);
    assertThat(value(analysis, "inf_count")).isEqualTo(1);
    assertThat(value(analysis, "mean")).isEqualTo(2);
    assertThat(analysis.histogram().nans()).isEqualTo(1);
    assertThat(analysis.observations(new float[4], 2)).isZero();
  }

  @Test
  void units_otherThanTheLayers_areRefused() {
    assertThatThrownBy(
            () -> analysis(3, 0).accept(Activations.of(new float[4], Geometry.dense(2, 2)), 0))
        .hasMessage("units must be those of layer 'dense1', 3: 2");
  }
}
