package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class SolverTest {
  private static final int UNITS = 40;

  @Property(tries = 20)
  void rotationOfTheStart_rotatesTheMap(@ForAll @DoubleRange(min = 0, max = 6.28) double angle) {
    float[][] plain = solved(0);
    float[][] turned = solved(angle);
    double cosine = Math.cos(angle);
    double sine = Math.sin(angle);

    for (int i = 0; i < UNITS; i++) {
      double x = cosine * plain[0][i] - sine * plain[1][i];
      double y = sine * plain[0][i] + cosine * plain[1][i];
      assertThat((double) turned[0][i]).isCloseTo(x, within(0.01));
      assertThat((double) turned[1][i]).isCloseTo(y, within(0.01));
    }
  }

  private static float[][] solved(double angle) {
    Edges edges = new Edges(UNITS, 3);
    int at = 0;
    for (int i = 0; i < UNITS; i++) {
      for (int e = 1; e <= 3; e++) {
        edges.outSlot[at] = (i + e * e) % UNITS;
        edges.outWeight[at++] = 1 / 6f;
      }
      edges.outEnd[i + 1] = at;
    }
    Solver solver = new Solver(UNITS, new Forces(UNITS, edges, Kernels.plain()));
    for (int i = 0; i < UNITS; i++) {
      double x = 2 * Start.hash(i, 1);
      double y = Start.hash(i, 2);
      solver.forces.x[i] = (float) (Math.cos(angle) * x - Math.sin(angle) * y);
      solver.forces.y[i] = (float) (Math.sin(angle) * x + Math.cos(angle) * y);
      solver.forces.z[i] = 0.1f * Start.hash(i, 3);
    }
    solver.run(UNITS, 12, 0.15f, 1.15f, 1.2f);
    return solver.forces.points;
  }
}
