package dev.alidade.analysis.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CettTest {
  @Property(tries = 300)
  void cut_isTheLargestThatANaiveReadingAllows(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 24) int units,
      @ForAll @IntRange(min = 1, max = 5) int outputs,
      @ForAll @DoubleRange(min = 0, max = 0.9) double target) {
    var random = new Random(seed);
    float[] weights = gaussian(random, units * outputs, 0);
    float[] activations = gaussian(random, rows * units, 0.4);
    var cut = new Cett(weights, units, outputs).cut(activations, rows, target);

    double[] norms = norms(activations, weights, rows, units, outputs);
    assertThat(cut.cett())
        .isCloseTo(naive(activations, weights, rows, units, outputs, cut.threshold()), within(1e-9))
        .isLessThanOrEqualTo(target + 1e-9);
    assertThat(cut.sparsity())
        .isEqualTo(
            Arrays.stream(norms).filter(n -> n <= cut.threshold()).count() / (double) norms.length);
    Arrays.stream(norms)
        .filter(n -> n > cut.threshold())
        .min()
        .ifPresent(
            next ->
                assertThat(naive(activations, weights, rows, units, outputs, next))
                    .isGreaterThan(target - 1e-9));
  }

  @Property(tries = 200)
  void at_equalsANaiveReading(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @DoubleRange(min = 0, max = 3) double threshold) {
    var random = new Random(seed);
    float[] weights = gaussian(random, 40, 0);
    float[] activations = gaussian(random, rows * 10, 0.5);
    assertThat(new Cett(weights, 10, 4).at(activations, rows, threshold))
        .isCloseTo(naive(activations, weights, rows, 10, 4, threshold), within(1e-9));
  }

  @Test
  void orthogonalWeights_giveTheShareOfTheNorm() {
    float[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    float[] activations = {3, 4, 12};
    var cett = new Cett(identity, 3, 3);
    assertThat(cett.at(activations, 1, 4)).isCloseTo(5 / 13.0, within(1e-15));
    assertThat(cett.cut(activations, 1, 0.3).sparsity()).isEqualTo(1 / 3.0);
    assertThat(cett.cut(activations, 1, 5 / 13.0 + 1e-12).sparsity()).isEqualTo(2 / 3.0);
    assertThat(cett.cut(activations, 1, 0.1))
        .satisfies(
            cut -> {
              assertThat(cut.sparsity()).isZero();
              assertThat(cut.cett()).isZero();
            });
  }

  @Test
  void nothingToCut_hasSparsityZero() {
    var cett = new Cett(new float[] {1, 1}, 2, 1);
    assertThat(cett.cut(new float[0], 0, 0.2)).isEqualTo(new Cett.Cut(0, 0, 0));
    assertThat(cett.cut(new float[] {1, 1}, 1, 0.2).sparsity()).isZero();
  }

  @Test
  void silentRows_doNotCount() {
    var cett = new Cett(new float[] {1, 1}, 2, 1);
    assertThat(cett.cut(new float[2], 1, 0.2)).isEqualTo(new Cett.Cut(0, 0, 1));
    assertThat(cett.at(new float[] {0, 0, 1, 3}, 2, 1)).isEqualTo(0.25);
  }

  @Test
  void notANumber_isTold() {
    var cut = new Cett(new float[] {1, 1}, 2, 1).cut(new float[] {Float.NaN, 1}, 1, 0.2);
    assertThat(cut.sparsity()).isNaN();
    assertThat(cut.cett()).isNaN();
  }

  @Test
  void reuse_leavesNoTrace() {
    var random = new Random(1);
    float[] weights = gaussian(random, 60, 0);
    float[] small = gaussian(random, 40, 0.3);
    var used = new Cett(weights, 20, 3);
    used.cut(gaussian(random, 200, 0.3), 10, 0.2);
    assertThat(used.cut(small, 2, 0.2)).isEqualTo(new Cett(weights, 20, 3).cut(small, 2, 0.2));
  }

  @Test
  void mismatch_namesBothSides() {
    assertThatThrownBy(() -> new Cett(new float[5], 2, 3))
        .hasMessage("weights must hold units x outputs = 6 values: 5");
    assertThatThrownBy(() -> new Cett(new float[6], 2, 3).cut(new float[3], 2, 0.2))
        .hasMessage("activations must hold rows x units = 4 values: 3");
    assertThatThrownBy(() -> new Cett(new float[6], 2, 3).cut(new float[4], 2, -1))
        .hasMessage("target must be at least 0: -1.0");
  }

  private static float[] gaussian(Random random, int n, double zeros) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = random.nextDouble() < zeros ? 0 : (float) random.nextGaussian();
    }
    return out;
  }

  private static double[] norms(float[] a, float[] w, int rows, int units, int outputs) {
    double[] out = new double[rows * units];
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int o = 0; o < outputs; o++) {
        double weight = w[i % units * outputs + o];
        sum += weight * weight;
      }
      out[i] = Math.abs(a[i]) * Math.sqrt(sum);
    }
    return out;
  }

  private static double naive(
      float[] a, float[] w, int rows, int units, int outputs, double threshold) {
    double[] norms = norms(a, w, rows, units, outputs);
    double sum = 0;
    int counted = 0;
    for (int r = 0; r < rows; r++) {
      double lost = 0;
      double total = 0;
      for (int o = 0; o < outputs; o++) {
        double lostHere = 0;
        double totalHere = 0;
        for (int u = 0; u < units; u++) {
          double part = (double) a[r * units + u] * w[u * outputs + o];
          totalHere += part;
          lostHere += norms[r * units + u] <= threshold ? part : 0;
        }
        lost += lostHere * lostHere;
        total += totalHere * totalHere;
      }
      if (total > 0) {
        sum += Math.sqrt(lost / total);
        counted++;
      }
    }
    return counted == 0 ? 0 : sum / counted;
  }
}
