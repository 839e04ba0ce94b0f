package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.analysis.quantity.QuantityInfo;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every quantity against a value worked out by hand, and where it has none. */
class QuantitiesTest {
  private static final float NAN = Float.NaN;

  /** Two rows of three units. */
  private static final float[] SMALL = {1, 0, -4, 3, 0, 2};

  private static double of(String id, int units, float... values) {
    return value(id, analysed("identity", units, values));
  }

  private static LayerAnalysis analysed(String activation, int units, float... values) {
    LayerAnalysis analysis =
        new LayerAnalysis(new LayerTraits("dense1", units, activation, 0, false));
    accept(analysis, units, values);
    return analysis;
  }

  private static void accept(LayerAnalysis analysis, int units, float... values) {
    analysis.accept(Activations.of(values, Geometry.dense(values.length / units, units)), 0);
  }

  private static double value(String id, LayerAnalysis analysis) {
    float[] values = new float[Quantities.layer().size()];
    analysis.values(values, true);
    return values[index(id)];
  }

  private static int index(String id) {
    for (int i = 0; i < Quantities.layer().size(); i++) {
      if (Quantities.layer().get(i).info().id().equals(id)) {
        return i;
      }
    }
    throw new AssertionError("no quantity " + id);
  }

  private static float[] repeat(int rows, float... row) {
    float[] values = new float[rows * row.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[i % row.length];
    }
    return values;
  }

  @Test
  void ids_areUniqueAndInTheOrderOfTheWire() {
    assertThat(Quantities.layer())
        .extracting(quantity -> quantity.info().id())
        .doesNotHaveDuplicates()
        .startsWith("mean", "std", "min", "max", "rms", "max_abs", "median_abs", "zero_share")
        .hasSizeGreaterThanOrEqualTo(29);
  }

  @ParameterizedTest
  @CsvSource({
    "mean, 0.33333334",
    "std, 2.2110832", // sqrt(30/6 - 1/9)
    "min, -4",
    "max, 3",
    "rms, 2.236068",
    "max_abs, 4",
    "median_abs, 1", // 0 0 1 2 3 4: the lower middle one
    "zero_share, 0.33333334",
    "lazy_share, 0.6666667",
    "positive_share, 0.5",
    "nan_count, 0",
    "inf_count, 0"
  })
  void moments_ofSixValues(String id, double expected) {
    assertThat(of(id, 3, SMALL)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void everything_ofNaNs_isNaNOrACount() {
    LayerAnalysis analysis = analysed("tanh", 2, NAN, NAN, NAN, NAN);
    float[] values = new float[Quantities.layer().size()];
    analysis.values(values, true);
    for (int i = 0; i < values.length; i++) {
      String id = Quantities.layer().get(i).info().id();
      switch (id) {
        case "nan_count" -> assertThat(values[i]).isEqualTo(4);
        case "inf_count", "massive_count" -> assertThat(values[i]).isZero();
        default -> assertThat(values[i]).as(id).isNaN();
      }
    }
  }

  @Test
  void values_stayWithinTheAnnouncedRange() {
    LayerAnalysis analysis = analysed("tanh", 3, repeat(600, 0.5f, -1, 0));
    accept(analysis, 3, repeat(600, -0.25f, 1, 0));
    float[] values = new float[Quantities.layer().size()];
    analysis.values(values, true);
    for (int i = 0; i < values.length; i++) {
      QuantityInfo info = Quantities.layer().get(i).info();
      assertThat(values[i] < info.low() || values[i] > info.high()).as(info.id()).isFalse();
    }
  }

  @Test
  void nearZeros_areThoseBelowAThousandthOfTheRms() {
    assertThat(of("near_zero_share", 4, 1000, 1e-4f, 0, -1000)).isEqualTo(0.5);
    assertThat(of("near_zero_share", 2, 0, 0)).isEqualTo(1);
  }

  @Test
  void dormant_areUnitsFarBelowTheMeanOfUnits() {
    // mean of E|h| is 5.025, a fortieth of it .1256
    assertThat(of("dormant_share", 4, -10, 10, 0.1f, 0)).isEqualTo(0.5);
    assertThat(of("dormant_share", 3, 0, 0, 0)).isEqualTo(1);
  }

  @Test
  void hoyer_runsFromAllAlikeToOneAlone() {
    assertThat(of("hoyer", 4, 2, -2, 2, -2)).isCloseTo(0, within(1e-6));
    assertThat(of("hoyer", 4, 0, 0, -7, 0)).isEqualTo(1);
    assertThat(of("hoyer", 2, 3, 4)).isCloseTo(0.0343146, within(1e-6)); // (√2 − 7/5)/(√2 − 1)
    assertThat(of("hoyer", 2, 0, 0)).isNaN();
    assertThat(of("hoyer", 1, 3)).isNaN();
  }

  @Test
  void gini_isTheInequalityOfUnits() {
    assertThat(of("gini", 4, 4, -2, 1, 3)).isCloseTo(0.25, within(1e-6));
    assertThat(of("gini", 4, 0, 0, 5, 0)).isCloseTo(0.75, within(1e-6));
    assertThat(of("gini", 2, 0, 0)).isNaN();
  }

  @Test
  void excessKurtosis_isThatOfTheUnits() {
    assertThat(of("excess_kurtosis", 5, 1, -2, 3, 4, 5)).isCloseTo(-1.3, within(1e-6));
    assertThat(of("excess_kurtosis", 3, 2, 2, 2)).isNaN();
  }

  @Test
  void topEnergy_isThatOfTheStrongestHundredth() {
    float[] units = new float[200];
    Arrays.fill(units, 1);
    units[17] = 10;
    units[18] = -10;
    assertThat(of("top1_energy_share", 200, units)).isCloseTo(200.0 / 398, within(1e-6));
    assertThat(of("top1_energy_share", 2, 3, 4)).isCloseTo(16.0 / 25, within(1e-6));
  }

  @Test
  void signEntropy_isTheMeanOverUnits() {
    float[] fourRows = {1, -1, 1, 1, 1, -1, 1, 1, -1, 1, -1, -1};
    // shares of positives: 1, 1/2 and 1/4
    assertThat(of("sign_entropy", 3, fourRows))
        .isCloseTo((0 + 0.6931472 + 0.5623351) / 3, within(1e-6));
  }

  @Test
  void massiveRatio_isARatioOfMeansOverSequences() {
    // maxima 9 and 4, medians 2 and 3
    assertThat(of("massive_ratio", 3, 1, -2, 9, 1, 4, -3)).isCloseTo(13 / 5.0, within(1e-6));
    assertThat(of("massive_ratio", 3, 0, 0, 9)).isNaN();
  }

  @Test
  void massive_isAboveAHundredAndAThousandMedians() {
    assertThat(of("massive_count", 5, 0.05f, 101, -0.05f, -200, 0.05f)).isEqualTo(2);
    assertThat(of("massive_count", 5, 0.05f, 100, -0.05f, 99, 0.05f)).isZero();
    assertThat(of("massive_count", 4, 1, 1000, -1, 999)).isEqualTo(1);
  }

  @Test
  void topPersistence_isTheShareOfSamplesWithTheSameUnit() {
    LayerAnalysis analysis = analysed("identity", 2, -5, 1);
    accept(analysis, 2, 5, 1);
    accept(analysis, 2, 0, 1);
    assertThat(value("top_persistence", analysis)).isCloseTo(1 / 3.0, within(1e-6));
    accept(analysis, 2, 2, 1);
    assertThat(value("top_persistence", analysis)).isEqualTo(0.75);
  }

  @Test
  void topRowsShare_countsWhereTheTopUnitReachesHalfItsMaximum() {
    assertThat(of("top_rows_share", 2, -8, 1, 4, 5, 3.9f, 7, 0, 0)).isEqualTo(0.5);
    assertThat(of("top_rows_share", 2, 0, 0)).isNaN();
  }

  /** Covariance diag(2, 1/2): singular values 2 to 1. */
  @ParameterizedTest
  @CsvSource({
    "effective_rank, 1.8898816", // exp(2/3 ln 3/2 + 1/3 ln 3)
    "participation_ratio, 1.4705882", // 2.5² / 4.25
    "stable_rank, 1.25",
    "layer_saturation, 1"
  })
  void ranks_ofTwoDirections(String id, double expected) {
    assertThat(of(id, 2, 7, 3, 3, 3, 5, 4, 5, 2)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"effective_rank", "participation_ratio", "stable_rank", "layer_saturation"})
  void ranks_withoutVariance_haveNoValue(String id) {
    assertThat(of(id, 2, 7, 3, 7, 3)).isNaN();
    assertThat(of(id, 2, 7, 3)).isNaN();
  }

  @Test
  void slowQuantities_haveAValueOnlyWhenTheyAreDue() {
    LayerAnalysis analysis = analysed("relu", 3, repeat(10, 1, 2, 3));
    accept(analysis, 3, SMALL);
    float[] values = new float[Quantities.layer().size()];
    analysis.values(values);
    assertThat(values[index("effective_rank")]).isNaN();
    assertThat(values[index("mean")]).isNotNaN();
    analysis.values(values, true);
    assertThat(values[index("effective_rank")]).isNotNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, 0.98, 0.995, -1, 0.6666667",
    "tanh, 0.98, 0.985, -0.98, 0",
    "sigmoid, 0.005, 0.5, 0.995, 0.6666667",
    "hardtanh, 0.999, 1, -1, 0.6666667",
    "hardsigmoid, 0, 0.5, 1, 0.6666667",
    "relu6, 0, 5.9, 6, 0.3333333",
    "relu, 0, 5.9, 6, NaN",
    "identity, 0, 5.9, 6, NaN"
  })
  void saturation_isToldByTheActivationFunction(
      String activation, float a, float b, float c, double expected) {
    double share = value("saturated_share", analysed(activation, 3, a, b, c));
    if (Double.isNaN(expected)) {
      assertThat(share).isNaN();
    } else {
      assertThat(share).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void windows_areJudgedWhenTheyHaveAThousandRows() {
    LayerAnalysis analysis = analysed("relu", 4, repeat(600, 1, 0, 0, 0));
    assertThat(value("dead_units", analysis)).isNaN();
    assertThat(value("births", analysis)).isNaN();
    float[] second = repeat(600, 1, 0, 0, 0);
    second[4 * 17 + 1] = 3; // one row in 1,200
    accept(analysis, 4, second);
    assertThat(value("dead_units", analysis)).isEqualTo(2);
    assertThat(value("dead_share", analysis)).isEqualTo(0.5);
    assertThat(value("rarely_active_share", analysis)).isEqualTo(0.75);
    assertThat(value("births", analysis)).isZero();
    assertThat(analysis.deadUnits()).containsExactly(true, false, true, true);
  }

  @Test
  void unitsThatComeAndGo_areCountedPerWindow() {
    LayerAnalysis analysis = analysed("relu", 4, repeat(1000, 1, 1, 0, 0));
    accept(analysis, 4, repeat(1000, 1, 0, 1, 0));
    assertThat(value("deaths", analysis)).isEqualTo(1);
    assertThat(value("births", analysis)).isEqualTo(1);
    assertThat(value("revivals", analysis)).isZero();
    accept(analysis, 4, repeat(1000, 0, 1, 1, 0));
    assertThat(value("deaths", analysis)).isEqualTo(1);
    assertThat(value("births", analysis)).isZero();
    assertThat(value("revivals", analysis)).isEqualTo(1);
    assertThat(value("dead_units", analysis)).isEqualTo(2);
  }

  @Test
  void unitThatMovesAgain_isAliveAtOnce() {
    LayerAnalysis analysis = analysed("relu", 2, repeat(1000, 0, 0));
    assertThat(analysis.deadUnits()).containsExactly(true, true);
    accept(analysis, 2, 0, 0);
    assertThat(analysis.deadUnits()).containsExactly(true, true);
    accept(analysis, 2, 0, 5);
    assertThat(analysis.deadUnits()).containsExactly(true, false);
    assertThat(value("dead_units", analysis)).as("of the last full window").isEqualTo(2);
  }
}
