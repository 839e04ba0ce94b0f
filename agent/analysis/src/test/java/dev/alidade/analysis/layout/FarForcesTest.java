package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FarForcesTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 40, 700, 3000})
  void forces_areCloseToTheExactOnes(int n) {
    Edges edges = new Edges(n, 2);
    for (int i = 0; i < n; i++) {
      edges.outSlot[i] = (i + 1) % n;
      edges.outWeight[i] = 0.5f;
      edges.outEnd[i + 1] = i + 1;
    }
    Forces exact = new Forces(n, edges, Kernels.plain());
    Forces far = new FarForces(n, edges, Kernels.plain());
    Random random = new Random(n);
    for (int i = 0; i < n; i++) {
      float size = i % 3 == 0 ? 2 : 12;
      exact.x[i] = far.x[i] = size * (float) random.nextGaussian();
      exact.y[i] = far.y[i] = size * (float) random.nextGaussian();
    }
    exact.compute(n, 1.15f);
    far.compute(n, 1.15f);

    assertThat(far.total() / exact.total()).isBetween(0.98, 1.02);
    assertThat(apart(exact, far, n)).isLessThan(0.05);
  }

  /** Root mean square error over root mean square. */
  private static double apart(Forces exact, Forces far, int n) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < n; i++) {
      error += Math.pow(exact.fx[i] - far.fx[i], 2) + Math.pow(exact.fy[i] - far.fy[i], 2);
      size += Math.pow(exact.fx[i], 2) + Math.pow(exact.fy[i], 2);
    }
    return Math.sqrt(error / size);
  }
}
