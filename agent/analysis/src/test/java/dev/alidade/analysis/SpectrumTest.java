package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Eigenvalues against Jacobi's rotations of the covariance as it is defined. */
class SpectrumTest {
  private static double[] of(float[] values, int rows, int units) {
    Sample sample = new Sample(new LayerTraits("any", units, "relu", 0, false));
    sample.read(Activations.of(values, Geometry.dense(rows, units)));
    return sample.variances();
  }

  private static double[][] covariance(float[] values, int rows, int units) {
    double[] mean = new double[units];
    for (int i = 0; i < rows * units; i++) {
      mean[i % units] += (double) values[i] / rows;
    }
    double[][] covariance = new double[units][units];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < units; i++) {
        for (int j = 0; j < units; j++) {
          covariance[i][j] +=
              (values[row * units + i] - mean[i]) * (values[row * units + j] - mean[j]) / rows;
        }
      }
    }
    return covariance;
  }

  /** Jacobi: rotates away one element after the other until nothing is left beside the diagonal. */
  private static double[] jacobi(double[][] a) {
    int n = a.length;
    for (int sweep = 0; sweep < 30; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double angle = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
          double c = Math.cos(angle);
          double s = Math.sin(angle);
          for (int k = 0; k < n; k++) {
            double left = a[k][p];
            a[k][p] = c * left - s * a[k][q];
            a[k][q] = s * left + c * a[k][q];
          }
          for (int k = 0; k < n; k++) {
            double top = a[p][k];
            a[p][k] = c * top - s * a[q][k];
            a[q][k] = s * top + c * a[q][k];
          }
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
    Arrays.sort(values);
    return values;
  }

  @Property(tries = 60)
  void variances_areTheEigenvaluesOfTheCovariance(
      @ForAll @IntRange(min = 2, max = 24) int rows,
      @ForAll @IntRange(min = 1, max = 20) int units,
      @ForAll @IntRange(min = 1, max = 20) int rank,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] basis = new float[rank * units];
    for (int i = 0; i < basis.length; i++) {
      basis[i] = (float) random.nextGaussian();
    }
    float[] values = new float[rows * units];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < rank; k++) {
        double weight = random.nextGaussian() * Math.pow(10, -k);
        for (int unit = 0; unit < units; unit++) {
          values[row * units + unit] += (float) (3 + weight * basis[k * units + unit]);
        }
      }
    }
    double[] expected = jacobi(covariance(values, rows, units));
    double[] found = of(values, rows, units);
    assertThat(found).hasSize(Math.min(rows, units));
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i])
          .isCloseTo(expected[units - 1 - i], within(1e-12 * (expected[units - 1] + 1e-300)));
    }
  }

  @Property(tries = 5)
  void variances_ofManyRowsAndUnits_addUpToTheTrace(@ForAll long seed) {
    Random random = new Random(seed);
    float[] values = new float[256 * 300];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, random.nextGaussian());
    }
    double[][] covariance = covariance(values, 256, 300);
    double trace = 0;
    double squares = 0;
    for (int i = 0; i < 300; i++) {
      trace += covariance[i][i];
      for (int j = 0; j < 300; j++) {
        squares += covariance[i][j] * covariance[i][j];
      }
    }
    double[] found = of(values, 256, 300);
    assertThat(Arrays.stream(found).sum()).isCloseTo(trace, within(1e-9 * trace));
    assertThat(Arrays.stream(found).map(v -> v * v).sum())
        .isCloseTo(squares, within(1e-9 * squares));
    assertThat(found[255]).as("one direction went with the mean").isZero();
  }
}
