package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForcesTest {
  private static final float EXAGGERATION = 1.5f;

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 16, 37})
  void gradient_equalsFiniteDifferencesOfTheObjective(int n) {
    Edges edges = edges(n, 3);
    Forces forces = new Forces(n, edges, Kernels.plain());
    Random random = new Random(n);
    for (int i = 0; i < n; i++) {
      forces.x[i] = (float) random.nextGaussian();
      forces.y[i] = (float) random.nextGaussian();
      forces.z[i] = (float) random.nextGaussian();
    }
    forces.compute(n, EXAGGERATION);
    float[][] places = {forces.x, forces.y, forces.z};
    float[][] gradient = {forces.fx.clone(), forces.fy.clone(), forces.fz.clone()};
    for (int axis = 0; axis < 3; axis++) {
      for (int i = 0; i < n; i++) {
        double expected = slope(places, axis, i, n, edges);
        assertThat((double) gradient[axis][i]).isCloseTo(expected, within(2e-3));
      }
    }
  }

  @Test
  void logarithm_isCloseEnough() {
    for (float v = 1; v < 1e6f; v *= 1.013f) {
      assertThat((double) PlainKernels.log(v)).isCloseTo(Math.log(v), within(2e-4));
    }
  }

  private static double slope(float[][] p, int axis, int i, int n, Edges edges) {
    float at = p[axis][i];
    float step = 1e-2f;
    p[axis][i] = at + step;
    double above = objective(p, n, edges);
    float up = p[axis][i];
    p[axis][i] = at - step;
    double below = objective(p, n, edges);
    double width = (double) up - p[axis][i];
    p[axis][i] = at;
    return (above - below) / width;
  }

  /** n (e Σ p log(1 + d²) + log Z), with Σ p = 1 and the constant Σ p log p left out. */
  private static double objective(float[][] p, int n, Edges edges) {
    double pull = 0;
    for (int i = 0; i < n; i++) {
      for (int e = edges.outEnd[i]; e < edges.outEnd[i + 1]; e++) {
        pull += 2.0 * edges.outWeight[e] * Math.log1p(square(p, i, edges.outSlot[e]));
      }
    }
    double total = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        total += i == j ? 0 : 1 / (1 + square(p, i, j));
      }
    }
    return EXAGGERATION * pull + n * Math.log(total);
  }

  private static double square(float[][] p, int i, int j) {
    double sum = 0;
    for (float[] axis : p) {
      sum += ((double) axis[i] - axis[j]) * ((double) axis[i] - axis[j]);
    }
    return sum;
  }

  /** Every unit names the next ones around a circle, with weights that sum to a half. */
  private static Edges edges(int n, int most) {
    int k = Math.min(most, n - 1);
    Edges edges = new Edges(n, k);
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int e = 1; e <= k; e++) {
        edges.outSlot[at] = (i + e) % n;
        edges.outWeight[at++] = e / (k * (k + 1f));
      }
      edges.outEnd[i + 1] = at;
    }
    return edges;
  }
}
