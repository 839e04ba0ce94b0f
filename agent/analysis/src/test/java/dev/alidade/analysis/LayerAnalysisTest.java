package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.LayerView;
import dev.alidade.analysis.quantity.Mean;
import dev.alidade.analysis.quantity.QuantityInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerAnalysisTest {
  private static final float NAN = Float.NaN;

  private static LayerAnalysis analysis(int units, int groups) {
    return new LayerAnalysis(new LayerTraits("dense1", units, "relu", groups, false));
  }

  @Test
  void units_ofTwoRows() {
    LayerAnalysis analysis = analysis(3, 0);
    float[] values = {1, 0, -4, 3, 0, 2};
    analysis.accept(Activations.of(values, Geometry.dense(2, 3)), 7);
    assertThat(analysis.iteration()).isEqualTo(7);
    assertThat(analysis.unitMean()).containsExactly(2, 0, -1);
    assertThat(analysis.unitStd()).containsExactly(1, 0, 3);
    assertThat(analysis.unitNonZero()).containsExactly(1, 0, 1);
    assertThat(analysis.unitMaxAbs()).containsExactly(3, 0, 4);
    assertThat(analysis.topCount()).isEqualTo(3);
    assertThat(analysis.topValue(0)).isEqualTo(-4);
    assertThat(analysis.topUnit(0)).isEqualTo(2);
    assertThat(analysis.topRow(1)).isEqualTo(1);
    assertThatThrownBy(() -> analysis.topValue(3)).hasMessage("i must be below 3: 3");
  }

  @Test
  void featureMaps_areObservedAsMeansOverPositions() {
    LayerAnalysis analysis = analysis(2, 2);
    // two examples, two channels, two pixels; channel-major in memory, as Deeplearning4j has it
    float[] values = {1, 3, 5, 7, 0, 0, 8, 0};
    Geometry geometry = new Geometry(2, 2, 2, 2, 4, 1, Positions.POOLED);
    analysis.accept(new Activations(values, geometry, new int[] {0, 1}), 0);
    float[] out = new float[4];
    assertThat(analysis.observations(out, 2)).isEqualTo(2);
    assertThat(out).containsExactly(2, 0, 6, 4);
    assertThat(analysis.unitMean()).containsExactly(4, 2);
    assertThat(analysis.unitNonZero()).containsExactly(1, 0.25f);
    assertThat(analysis.profiles()).containsExactly(-2, -2, 2, 2);
    assertThat(analysis.topRow(0)).isEqualTo(1);
  }

  @Test
  void steps_areObservationsOfTheirRowsGroup() {
    LayerAnalysis analysis = analysis(1, 2);
    Geometry geometry = new Geometry(2, 1, 3, 3, 3, 1, Positions.OBSERVED);
    float[] values = {1, 2, 3, 4, 5, 6};
    analysis.accept(new Activations(values, geometry, new int[] {1, 0}), 0);
    float[] out = new float[6];
    int[] groups = new int[6];
    assertThat(analysis.observations(out, 100)).isEqualTo(6);
    assertThat(analysis.observationGroups(groups, 100)).isEqualTo(6);
    assertThat(out).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(groups).containsExactly(1, 1, 1, 0, 0, 0);
    assertThat(analysis.observations(out, 3)).as("evenly strided").isEqualTo(3);
    assertThat(out).startsWith(1, 3, 5);
    assertThat(analysis.topRow(0)).isEqualTo(5);
  }

  @Test
  void nonFinite_valuesAreCountedAndLeftOut() {
    LayerAnalysis analysis = analysis(2, 0);
    float[] values = {1, NAN, 3, Float.POSITIVE_INFINITY};
    analysis.accept(Activations.of(values, Geometry.dense(2, 2)), 0);
    assertThat(analysis.unitMean()).containsExactly(2, NAN);
    assertThat(analysis.histogram().nans()).isEqualTo(1);
    assertThat(analysis.histogram().positiveInfinities()).isEqualTo(1);
    assertThat(analysis.observations(new float[4], 2)).isZero();
    assertThat(analysis.topCount()).isEqualTo(2);
  }

  @Test
  void noRows_haveNoValues() {
    LayerAnalysis analysis = analysis(2, 0);
    analysis.accept(Activations.of(new float[0], Geometry.dense(0, 2)), 0);
    assertThat(analysis.unitMean()).containsOnly(NAN);
    assertThat(analysis.topCount()).isZero();
    assertThat(analysis.observations(new float[0], 5)).isZero();
  }

  @Test
  void spreadFarBelowTheMean_survives() {
    LayerAnalysis analysis = analysis(1, 0);
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = 4096 + (i % 2) * 0.25f;
    }
    analysis.accept(Activations.of(values, Geometry.dense(1000, 1)), 0);
    assertThat(analysis.unitStd()[0]).isEqualTo(0.125f);
  }

  @Test
  void released_activationsAreNotRead() {
    LayerAnalysis analysis = analysis(2, 0);
    analysis.accept(Activations.of(new float[4], Geometry.dense(2, 2)), 0);
    analysis.release();
    assertThat(analysis.observations(new float[4], 2)).isZero();
  }

  @Test
  void quantityThatThrows_isSwitchedOffAndToldOnce() {
    List<String> failures = new ArrayList<>();
    LayerQuantity broken =
        new LayerQuantity() {
          @Override
          public QuantityInfo info() {
            return new QuantityInfo("broken", "Broken", "", "Always fails.", "", NAN, NAN, "Test");
          }

          @Override
          public double of(LayerView view) {
            throw new IllegalStateException("broken");
          }
        };
    LayerAnalysis analysis =
        new LayerAnalysis(
            new LayerTraits("dense1", 1, "relu", 0, false),
            List.of(broken, new Mean()),
            (quantity, e) -> failures.add(quantity.info().id() + " " + e.getMessage()));
    analysis.accept(Activations.of(new float[] {3}, Geometry.dense(1, 1)), 0);
    float[] values = new float[2];
    analysis.values(values);
    analysis.values(values);
    assertThat(values).containsExactly(NAN, 3);
    assertThat(failures).containsExactly("broken broken");
  }

  @Test
  void misfits_areRefusedWithBothSides() {
    LayerAnalysis analysis = analysis(3, 2);
    assertThatThrownBy(() -> analysis.accept(Activations.of(new float[4], Geometry.dense(2, 2)), 0))
        .hasMessage("units must be those of layer 'dense1', 3: 2");
    assertThatThrownBy(() -> Activations.of(new float[5], Geometry.dense(2, 3)))
        .hasMessage("values must hold at least 6: 5");
    assertThatThrownBy(
            () -> new Activations(new float[6], Geometry.dense(2, 3), new int[] {0, 1, 0}))
        .hasMessage("groups must be one per observation (2) or per row (2): 3");
    assertThatThrownBy(
            () ->
                analysis.accept(
                    new Activations(new float[6], Geometry.dense(2, 3), new int[] {0, 2}), 0))
        .hasMessage("group must be below 2: 2");
    assertThatThrownBy(() -> analysis.values(new float[1]))
        .hasMessageStartingWith("out must hold at least ");
    assertThatThrownBy(() -> new Geometry(1, 0, 1, 1, 1, 1, Positions.POOLED))
        .hasMessage("units must be at least 1: 0");
  }
}
