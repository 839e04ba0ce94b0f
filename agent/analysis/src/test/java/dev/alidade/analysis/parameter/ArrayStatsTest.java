package dev.alidade.analysis.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.analysis.SignedHistogram;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ArrayStatsTest {
  private static ArrayStats of(float... values) {
    ArrayStats stats = new ArrayStats();
    stats.read(values, 0, values.length);
    return stats;
  }

  private static double value(
      String id, ArrayStats weights, ArrayStats gradients, ArrayStats updates) {
    List<ParameterQuantity> all = ParameterQuantity.all();
    return all.stream()
        .filter(each -> each.info().id().equals(id))
        .findFirst()
        .orElseThrow()
        .of(weights, gradients, updates);
  }

  @Test
  void quantities_ofThreeArrays() {
    ArrayStats weights = of(1, -3, 2, -2);
    ArrayStats gradients = of(0.5f, Float.NaN, Float.NEGATIVE_INFINITY, -0.5f);
    ArrayStats updates = of(0.002f, -0.002f, 0.002f, -0.002f);
    assertThat(value("weight_mean_abs", weights, gradients, updates)).isEqualTo(2);
    assertThat(value("weight_std", weights, gradients, updates))
        .isCloseTo(Math.sqrt(4.5 - 0.25), within(1e-12));
    assertThat(value("gradient_mean_abs", weights, gradients, updates)).isEqualTo(0.5);
    assertThat(value("gradient_std", weights, gradients, updates)).isEqualTo(0.5);
    assertThat(value("gradient_nonfinite_count", weights, gradients, updates)).isEqualTo(2);
    assertThat(value("update_mean_abs", weights, gradients, updates)).isCloseTo(2e-3, within(1e-9));
    assertThat(value("update_ratio_log10", weights, gradients, updates))
        .isCloseTo(-3, within(1e-6));
  }

  @Test
  void ratio_withoutAStepOrWithoutWeights_hasNoValue() {
    assertThat(value("update_ratio_log10", of(1), of(1), of(0))).isNaN();
    assertThat(value("update_ratio_log10", of(0), of(1), of(1))).isNaN();
    assertThat(value("weight_std", of(Float.NaN), of(), of())).isNaN();
  }

  @Property(tries = 100)
  void moments_areThoseOfTheDefinition(
      @ForAll @IntRange(min = 1, max = 3000) int count,
      @ForAll @IntRange(min = -30, max = 30) int scale,
      @ForAll boolean offset,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    SignedHistogram histogram = new SignedHistogram();
    double mean = 0;
    double magnitude = 0;
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.scalb(random.nextGaussian() + (offset ? 1000 : 0), scale);
      mean += (double) values[i] / count;
      magnitude += (double) Math.abs(values[i]) / count;
      histogram.add(values[i]);
    }
    double variance = 0;
    for (float each : values) {
      variance += (each - mean) * (each - mean) / count;
    }
    ArrayStats stats = of(values);
    assertThat(stats.meanAbs()).isCloseTo(magnitude, within(1e-6 * magnitude));
    assertThat(stats.std()).isCloseTo(Math.sqrt(variance), within(1e-6 * Math.sqrt(variance)));
    assertThat(stats.histogram()).usingRecursiveComparison().isEqualTo(histogram);
  }
}
