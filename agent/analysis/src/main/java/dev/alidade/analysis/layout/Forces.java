package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * The gradient of the t-SNE objective (van der Maaten and Hinton 2008, equation 5) times n, with
 * the Student-t repulsion summed exactly over all pairs, in three dimensions.
 *
 * <p>With w_ij = 1 / (1 + |y_i − y_j|²), P_ij = (p(j|i) + p(i|j)) / 2 and Z = Σ_{i≠j} w_ij: ∂/∂y_i
 * = 4 Σ_j (e·P_ij − n·w_ij/Z) w_ij (y_i − y_j), e the exaggeration.
 *
 * <p>The repulsion adds four points' forces to all others at a time, in one short loop for the
 * weights and one for each axis: they run over the receiving points, so that they need no
 * reduction, and are short enough for HotSpot to vectorise (one long loop runs six times slower).
 */
final class Forces {
  private static final float PHANTOM = 1e5f;

  final float[] x;
  final float[] y;
  final float[] z;
  final float[] fx;
  final float[] fy;
  final float[] fz;
  private final float[] rx;
  private final float[] ry;
  private final float[] rz;
  private final float[] rw;
  private final float[] w0;
  private final float[] w1;
  private final float[] w2;
  private final float[] w3;
  private final Edges edges;
  private double total;

  Forces(int units, Edges edges) {
    int room = units + 4;
    x = new float[room];
    y = new float[room];
    z = new float[room];
    fx = new float[room];
    fy = new float[room];
    fz = new float[room];
    rx = new float[room];
    ry = new float[room];
    rz = new float[room];
    rw = new float[room];
    w0 = new float[room];
    w1 = new float[room];
    w2 = new float[room];
    w3 = new float[room];
    this.edges = edges;
  }

  /** Computes fx, fy, fz at the present positions of the first n slots. */
  void compute(int n, float exaggeration) {
    int padded = (n + 3) & ~3;
    for (int s = n; s < padded; s++) {
      x[s] = PHANTOM * (s - n + 1);
      y[s] = PHANTOM;
      z[s] = 0;
    }
    Arrays.fill(rx, 0, n, 0);
    Arrays.fill(ry, 0, n, 0);
    Arrays.fill(rz, 0, n, 0);
    Arrays.fill(rw, 0, n, 0);
    for (int j = 0; j < padded; j += 4) {
      repel(n, j);
    }
    total = total(n);
    float push = (float) (-4.0 * n / total);
    for (int s = 0; s < n; s++) {
      fx[s] = push * rx[s];
      fy[s] = push * ry[s];
      fz[s] = push * rz[s];
    }
    attract(n, 4 * exaggeration);
  }

  /** Squared weights of all points as seen from one, and the weights added to their sums. */
  private static void weigh(
      int n,
      float[] px,
      float[] py,
      float[] pz,
      float[] square,
      float[] sum,
      float x0,
      float y0,
      float z0) {
    for (int i = 0; i < n; i++) {
      float dx = px[i] - x0;
      float dy = py[i] - y0;
      float dz = pz[i] - z0;
      float w = 1 / (1 + dx * dx + dy * dy + dz * dz);
      square[i] = w * w;
      sum[i] += w;
    }
  }

  /**
   * Adds the forces of points j to j + 3 to all. Written out on purpose: a method this long is not
   * inlined, and HotSpot vectorises its loops whatever surrounds the call.
   */
  private void repel(int n, int j) {
    float[] s0 = w0;
    float[] s1 = w1;
    float[] s2 = w2;
    float[] s3 = w3;
    weigh(n, x, y, z, s0, rw, x[j], y[j], z[j]);
    weigh(n, x, y, z, s1, rw, x[j + 1], y[j + 1], z[j + 1]);
    weigh(n, x, y, z, s2, rw, x[j + 2], y[j + 2], z[j + 2]);
    weigh(n, x, y, z, s3, rw, x[j + 3], y[j + 3], z[j + 3]);
    float[] p = x;
    float[] out = rx;
    float p0 = p[j];
    float p1 = p[j + 1];
    float p2 = p[j + 2];
    float p3 = p[j + 3];
    for (int i = 0; i < n; i++) {
      float near = s0[i] * (p[i] - p0) + s1[i] * (p[i] - p1);
      out[i] += near + (s2[i] * (p[i] - p2) + s3[i] * (p[i] - p3));
    }
    p = y;
    out = ry;
    p0 = p[j];
    p1 = p[j + 1];
    p2 = p[j + 2];
    p3 = p[j + 3];
    for (int i = 0; i < n; i++) {
      float near = s0[i] * (p[i] - p0) + s1[i] * (p[i] - p1);
      out[i] += near + (s2[i] * (p[i] - p2) + s3[i] * (p[i] - p3));
    }
    p = z;
    out = rz;
    p0 = p[j];
    p1 = p[j + 1];
    p2 = p[j + 2];
    p3 = p[j + 3];
    for (int i = 0; i < n; i++) {
      float near = s0[i] * (p[i] - p0) + s1[i] * (p[i] - p1);
      out[i] += near + (s2[i] * (p[i] - p2) + s3[i] * (p[i] - p3));
    }
  }

  private double total(int n) {
    double sum = -n;
    for (int s = 0; s < n; s++) {
      sum += rw[s];
    }
    return Math.max(sum, 1e-9);
  }

  /** Z = Σ_{i≠j} w_ij at the present positions, without forces. */
  double sumWeights(int n) {
    Arrays.fill(rw, 0, n, 0);
    for (int j = 0; j < n; j++) {
      weigh(n, x, y, z, w0, rw, x[j], y[j], z[j]);
    }
    return total(n);
  }

  private void attract(int n, float pull) {
    for (int i = 0; i < n; i++) {
      float xi = x[i];
      float yi = y[i];
      float zi = z[i];
      float ax = 0;
      float ay = 0;
      float az = 0;
      for (int e = edges.outEnd[i]; e < edges.outEnd[i + 1]; e++) {
        int j = edges.outSlot[e];
        float dx = xi - x[j];
        float dy = yi - y[j];
        float dz = zi - z[j];
        float a = pull * edges.outWeight[e] / (1 + dx * dx + dy * dy + dz * dz);
        ax += a * dx;
        ay += a * dy;
        az += a * dz;
        fx[j] -= a * dx;
        fy[j] -= a * dy;
        fz[j] -= a * dz;
      }
      fx[i] += ax;
      fy[i] += ay;
      fz[i] += az;
    }
  }

  /** Z = Σ_{i≠j} w_ij of the last computation. */
  double total() {
    return total;
  }
}
