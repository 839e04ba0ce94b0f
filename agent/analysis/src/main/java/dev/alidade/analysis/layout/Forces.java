package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * The gradient of the t-SNE objective (van der Maaten and Hinton 2008, equation 5) times n, with
 * the Student-t repulsion summed exactly over all pairs, in three dimensions.
 *
 * <p>With w_ij = 1 / (1 + |y_i − y_j|²), P_ij = (p(j|i) + p(i|j)) / 2 and Z = Σ_{i≠j} w_ij: ∂/∂y_i
 * = 4 Σ_j (e·P_ij − n·w_ij/Z) w_ij (y_i − y_j), e the exaggeration.
 *
 * <p>Where the kernels work on vectors, and the affinities fit the cache as a dense matrix, the
 * attraction goes with the repulsion: four operations more in a loop, instead of a scattered list.
 */
class Forces {
  /** Entries of the dense matrix: 8 MiB, beyond which memory is slower than the list. */
  private static final int MOST_DENSE = 1 << 21;

  static final int PAD = 16;

  final float[][] points;
  final float[] x;
  final float[] y;
  final float[] z;
  final float[] fx;
  final float[] fy;
  final float[] fz;
  private final float[][] sums;
  private final float[] dense;
  final Kernels kernels;
  private final Edges edges;
  private boolean loaded;
  double total = 1;

  Forces(int units, Edges edges, Kernels kernels) {
    int room = units + PAD;
    points = new float[3][room];
    x = points[0];
    y = points[1];
    z = points[2];
    fx = new float[room];
    fy = new float[room];
    fz = new float[room];
    sums = new float[8][room];
    int lanes = kernels.lanes();
    long entries = (long) (units + lanes) * units;
    dense = new float[lanes > 1 && entries <= MOST_DENSE ? (int) entries : 0];
    this.edges = edges;
    this.kernels = kernels;
  }

  /** Takes the affinities of the first n slots over, after the edges have been connected. */
  void load(int n) {
    loaded = dense.length > 0;
    if (!loaded) {
      return;
    }
    int lanes = kernels.lanes();
    Arrays.fill(dense, 0, (n + lanes - 1) / lanes * lanes * n, 0);
    for (int i = 0; i < n; i++) {
      for (int e = edges.outEnd[i]; e < edges.outEnd[i + 1]; e++) {
        int j = edges.outSlot[e];
        float weight = edges.outWeight[e];
        dense[((i / lanes) * n + j) * lanes + i % lanes] += weight;
        dense[((j / lanes) * n + i) * lanes + j % lanes] += weight;
      }
    }
  }

  /** Computes fx, fy, fz at the present positions of the first n slots. */
  void compute(int n, float exaggeration) {
    float pull = 4 * exaggeration;
    if (loaded) {
      kernels.interact(n, points, dense, sums);
    } else {
      kernels.repel(n, points, sums);
    }
    total = total(n);
    float push = (float) (-4.0 * n / total);
    if (loaded) {
      both(n, push, sums[0], pull, sums[4], fx);
      both(n, push, sums[1], pull, sums[5], fy);
      both(n, push, sums[2], pull, sums[6], fz);
    } else {
      both(n, push, sums[0], 0, sums[0], fx);
      both(n, push, sums[1], 0, sums[1], fy);
      both(n, push, sums[2], 0, sums[2], fz);
      attract(n, pull);
    }
  }

  private static void both(int n, float push, float[] r, float pull, float[] a, float[] out) {
    for (int s = 0; s < n; s++) {
      out[s] = push * r[s] + pull * a[s];
    }
  }

  private double total(int n) {
    double sum = -n;
    for (int s = 0; s < n; s++) {
      sum += sums[3][s];
    }
    return Math.max(sum, 1e-9);
  }

  /** Σ_j 1 / (1 + d²) of the first n slots about a place. */
  float weights(int n, float px, float py, float pz) {
    return kernels.weights(n, points, px, py, pz, sums[0]);
  }

  final void attract(int n, float pull) {
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
