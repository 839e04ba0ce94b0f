package dev.alidade.analysis.layout.family;

/**
 * Laplacian eigenmaps of a graph (Belkin and Niyogi 2003) by orthogonal iteration on (I + D^-½ W
 * D^-½) / 2, begun at the positions that are there. It need not converge: it is a start for UMAP.
 */
final class Spectral {
  private static final int MORE = 4;
  private static final double MOST_WORK = 3e8;

  private Spectral() {}

  static void place(Links links, Work work, float radius, float[] x, float[] y) {
    int n = x.length;
    int q = Math.min(3 + MORE, n);
    double[] root = new double[n];
    for (int i = 0; i < n; i++) {
      double degree = 0;
      for (int e = links.start[i]; e < links.start[i + 1]; e++) {
        degree += links.weight[e];
      }
      root[i] = Math.sqrt(Math.max(degree, 1e-12));
    }
    // The first, which stays first, is the trivial one; all others are kept orthogonal to it.
    double[][] basis = new double[q][n];
    for (int i = 0; i < n; i++) {
      basis[0][i] = root[i];
      basis[1][i] = x[i] * root[i];
      basis[2][i] = y[i] * root[i];
      for (int c = 3; c < q; c++) {
        basis[c][i] = work.jitter();
      }
    }
    double cost = q * (links.to.length + (double) q * n);
    int rounds = (int) Math.max(40, Math.min(500, MOST_WORK / cost));
    for (int round = 0; round < rounds && work.goesOn(); round++) {
      Principal.orthonormal(basis);
      for (int c = 1; c < q; c++) {
        basis[c] = multiply(links, root, basis[c]);
      }
    }
    Principal.orthonormal(basis);
    float[] u = new float[n];
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      u[i] = (float) basis[1][i];
      v[i] = (float) basis[2][i];
    }
    if (Plane.scale(n, u, v, radius)) {
      for (int i = 0; i < n; i++) {
        x[i] = u[i] + 1e-3f * radius * work.jitter();
        y[i] = v[i] + 1e-3f * radius * work.jitter();
      }
    }
  }

  private static double[] multiply(Links links, double[] root, double[] v) {
    double[] out = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      double sum = 0;
      for (int e = links.start[i]; e < links.start[i + 1]; e++) {
        sum += links.weight[e] * v[links.to[e]] / root[links.to[e]];
      }
      out[i] = (v[i] + sum / root[i]) / 2;
    }
    return out;
  }
}
