package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * The gradient of the t-SNE objective (van der Maaten and Hinton 2008, equation 5) times n, with
 * the Student-t repulsion summed exactly over all pairs, in three dimensions.
 *
 * <p>With w_ij = 1 / (1 + |y_i − y_j|²), P_ij = (p(j|i) + p(i|j)) / 2 and Z = Σ_{i≠j} w_ij: ∂/∂y_i
 * = 4 Σ_j (e·P_ij − n·w_ij/Z) w_ij (y_i − y_j), e the exaggeration.
 *
 * <p>The repulsion adds four points' forces to all others at a time: the inner loop runs over the
 * receiving points, so that it needs no reduction and vectorises.
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
  private final int[] edges;
  private final float[] weights;
  private final int[] ends;
  private double total;

  Forces(int units, int most) {
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
    edges = new int[units * most];
    weights = new float[units * most];
    ends = new int[units + 1];
  }

  /** Takes the neighbour lists of the live units over, as edges between slots. */
  void connect(int[] live, int count, int[] slot, Neighbours neighbours, Affinities affinities) {
    int at = 0;
    for (int s = 0; s < count; s++) {
      int i = live[s];
      for (int e = 0; e < neighbours.count(i); e++) {
        int t = slot[neighbours.neighbour(i, e)];
        if (t >= 0) {
          edges[at] = t;
          weights[at++] = affinities.p(i, e) * 0.5f;
        }
      }
      ends[s + 1] = at;
    }
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
      repel(
          n, x[j], y[j], z[j], x[j + 1], y[j + 1], z[j + 1], x[j + 2], y[j + 2], z[j + 2], x[j + 3],
          y[j + 3], z[j + 3]);
    }
    double sum = -n;
    for (int s = 0; s < n; s++) {
      sum += rw[s];
    }
    total = Math.max(sum, 1e-9);
    float push = (float) (-4.0 * n / total);
    for (int s = 0; s < n; s++) {
      fx[s] = push * rx[s];
      fy[s] = push * ry[s];
      fz[s] = push * rz[s];
    }
    attract(n, 4 * exaggeration);
  }

  private void repel(
      int n,
      float x0,
      float y0,
      float z0,
      float x1,
      float y1,
      float z1,
      float x2,
      float y2,
      float z2,
      float x3,
      float y3,
      float z3) {
    float[] px = x;
    float[] py = y;
    float[] pz = z;
    float[] ax = rx;
    float[] ay = ry;
    float[] az = rz;
    float[] aw = rw;
    for (int i = 0; i < n; i++) {
      float dx0 = px[i] - x0;
      float dy0 = py[i] - y0;
      float dz0 = pz[i] - z0;
      float w0 = 1 / (1 + dx0 * dx0 + dy0 * dy0 + dz0 * dz0);
      float dx1 = px[i] - x1;
      float dy1 = py[i] - y1;
      float dz1 = pz[i] - z1;
      float w1 = 1 / (1 + dx1 * dx1 + dy1 * dy1 + dz1 * dz1);
      float dx2 = px[i] - x2;
      float dy2 = py[i] - y2;
      float dz2 = pz[i] - z2;
      float w2 = 1 / (1 + dx2 * dx2 + dy2 * dy2 + dz2 * dz2);
      float dx3 = px[i] - x3;
      float dy3 = py[i] - y3;
      float dz3 = pz[i] - z3;
      float w3 = 1 / (1 + dx3 * dx3 + dy3 * dy3 + dz3 * dz3);
      aw[i] += (w0 + w1) + (w2 + w3);
      w0 *= w0;
      w1 *= w1;
      w2 *= w2;
      w3 *= w3;
      ax[i] += (w0 * dx0 + w1 * dx1) + (w2 * dx2 + w3 * dx3);
      ay[i] += (w0 * dy0 + w1 * dy1) + (w2 * dy2 + w3 * dy3);
      az[i] += (w0 * dz0 + w1 * dz1) + (w2 * dz2 + w3 * dz3);
    }
  }

  private void attract(int n, float pull) {
    for (int i = 0; i < n; i++) {
      float xi = x[i];
      float yi = y[i];
      float zi = z[i];
      float ax = 0;
      float ay = 0;
      float az = 0;
      for (int e = ends[i]; e < ends[i + 1]; e++) {
        int j = edges[e];
        float dx = xi - x[j];
        float dy = yi - y[j];
        float dz = zi - z[j];
        float a = pull * weights[e] / (1 + dx * dx + dy * dy + dz * dz);
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
