package dev.alidade.analysis.layout.family;

/**
 * The leading principal components of units as points (Pearson 1901; Hotelling 1933), by orthogonal
 * iteration with as many further vectors (Halko, Martinsson and Tropp 2011, algorithm 4.4): each
 * round multiplies by XXᵀ, X [units x rows] centred over the units.
 */
final class Principal {
  private static final int ROUNDS = 30;
  private static final int MORE = 6;

  private Principal() {}

  /** Scores of the units, [components][units], by falling variance. */
  static float[][] scores(Vectors vectors, int components, Work work) {
    int n = vectors.count;
    int q = Math.min(components + MORE, n);
    float[] means = new float[vectors.dimensions];
    for (int r = 0; r < means.length; r++) {
      double sum = 0;
      for (float value : vectors.x[r]) {
        sum += value;
      }
      means[r] = (float) (sum / n);
    }
    double[][] basis = new double[q][n];
    for (double[] vector : basis) {
      for (int i = 0; i < n; i++) {
        vector[i] = work.jitter();
      }
    }
    double[] size = new double[q];
    for (int round = 0; round < ROUNDS && work.goesOn(); round++) {
      orthonormal(basis);
      for (int c = 0; c < q; c++) {
        basis[c] = multiply(vectors, means, basis[c]);
        size[c] = norm(basis[c]);
      }
      sort(basis, size);
    }
    orthonormal(basis);
    float[][] scores = new float[components][n];
    for (int c = 0; c < Math.min(components, q); c++) {
      double scale = Math.sqrt(size[c]);
      for (int i = 0; i < n; i++) {
        scores[c][i] = (float) (basis[c][i] * scale);
      }
    }
    return scores;
  }

  private static double[] multiply(Vectors vectors, float[] means, double[] v) {
    int n = v.length;
    double total = 0;
    for (double value : v) {
      total += value;
    }
    double[] out = new double[n];
    double shift = 0;
    for (int r = 0; r < vectors.dimensions; r++) {
      float[] row = vectors.x[r];
      double dot = dot(row, v) - means[r] * total;
      for (int i = 0; i < n; i++) {
        out[i] += dot * row[i];
      }
      shift += dot * means[r];
    }
    for (int i = 0; i < n; i++) {
      out[i] -= shift;
    }
    return out;
  }

  private static double dot(float[] a, double[] b) {
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i + 1 < a.length; i += 2) {
      even += a[i] * b[i];
      odd += a[i + 1] * b[i + 1];
    }
    return even + odd + (i < a.length ? a[i] * b[i] : 0);
  }

  /** Modified Gram-Schmidt; a vector that the others span becomes zero. */
  static void orthonormal(double[][] basis) {
    for (int c = 0; c < basis.length; c++) {
      double before = norm(basis[c]);
      for (int e = 0; e < c; e++) {
        double dot = 0;
        for (int i = 0; i < basis[c].length; i++) {
          dot += basis[c][i] * basis[e][i];
        }
        for (int i = 0; i < basis[c].length; i++) {
          basis[c][i] -= dot * basis[e][i];
        }
      }
      double after = norm(basis[c]);
      double scale = after > 1e-10 * before && after > 1e-150 ? 1 / after : 0;
      for (int i = 0; i < basis[c].length; i++) {
        basis[c][i] *= scale;
      }
    }
  }

  private static void sort(double[][] basis, double[] size) {
    for (int c = 1; c < size.length; c++) {
      for (int e = c; e > 0 && size[e] > size[e - 1]; e--) {
        double[] vector = basis[e];
        basis[e] = basis[e - 1];
        basis[e - 1] = vector;
        double s = size[e];
        size[e] = size[e - 1];
        size[e - 1] = s;
      }
    }
  }

  static double norm(double[] v) {
    double sum = 0;
    for (double value : v) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
