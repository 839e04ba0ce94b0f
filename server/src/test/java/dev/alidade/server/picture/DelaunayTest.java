package dev.alidade.server.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DelaunayTest {

  /** By definition: no unit lies inside the circle through the corners of a triangle. */
  @Property(tries = 40)
  void noUnit_liesInsideACircumcircle(
      @ForAll @IntRange(min = 3, max = 90) int units, @ForAll long seed) {
    Random random = new Random(seed);
    float[] positions = new float[2 * units];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = (random.nextInt(65536) - 32768) / 16384f;
    }

    int[] triangles = Delaunay.triangles(positions, new byte[units]);

    for (int t = 0; t < triangles.length; t += 3) {
      for (int unit = 0; unit < units; unit++) {
        assertThat(inCircle(positions, triangles, t, unit)).isLessThan(1e-6);
      }
    }
    assertThat(area(positions, triangles)).isPositive();
  }

  /** Positive inside, for either way round of the corners. */
  private static double inCircle(float[] p, int[] corners, int t, int unit) {
    double[][] rows = new double[3][3];
    for (int i = 0; i < 3; i++) {
      double dx = (double) p[2 * corners[t + i]] - p[2 * unit];
      double dy = (double) p[2 * corners[t + i] + 1] - p[2 * unit + 1];
      rows[i] = new double[] {dx, dy, dx * dx + dy * dy};
    }
    double determinant =
        rows[0][0] * (rows[1][1] * rows[2][2] - rows[1][2] * rows[2][1])
            - rows[0][1] * (rows[1][0] * rows[2][2] - rows[1][2] * rows[2][0])
            + rows[0][2] * (rows[1][0] * rows[2][1] - rows[1][1] * rows[2][0]);
    double turn =
        (rows[1][0] - rows[0][0]) * (rows[2][1] - rows[0][1])
            - (rows[1][1] - rows[0][1]) * (rows[2][0] - rows[0][0]);
    return turn == 0 ? 0 : determinant * Math.signum(turn);
  }

  private static double area(float[] p, int[] corners) {
    double sum = 0;
    for (int t = 0; t < corners.length; t += 3) {
      double ax = p[2 * corners[t]];
      double ay = p[2 * corners[t] + 1];
      double bx = p[2 * corners[t + 1]] - ax;
      double by = p[2 * corners[t + 1] + 1] - ay;
      double cx = p[2 * corners[t + 2]] - ax;
      double cy = p[2 * corners[t + 2] + 1] - ay;
      sum += Math.abs(bx * cy - by * cx) / 2;
    }
    return sum;
  }
}
