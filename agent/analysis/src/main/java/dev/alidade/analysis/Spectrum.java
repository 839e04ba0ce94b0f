package dev.alidade.analysis;

import java.util.Arrays;

/**
 * Eigenvalues of the covariance of a layer's units over at most 256 observations.
 *
 * <p>Of X, centred, [rows x units], the smaller of XᵀX and XXᵀ is made tridiagonal by Householder's
 * reflections and then diagonal by implicit QL steps (Golub and Van Loan, Matrix Computations,
 * §8.3; Bowdler et al. 1968); both have the same eigenvalues but for zeros. In double: the square
 * roots of the small ones are what an effective rank is made of.
 */
final class Spectrum {
  private static final int MOST_ROWS = 256;
  private static final int FOUR = 4;
  private static final int MOST_STEPS = 60;
  private static final double TINY = 0x1p-52;
  private static final double[] NONE = {};

  private float[] rows = {};

  /** [count x side]: the vectors whose outer products are summed. */
  private double[] vectors = {};

  private double[][] matrix = {};
  private double[][] four = {};
  private double[] variances = NONE;
  private double[] beside = NONE;
  private double[] reflector = NONE;
  private double[] image = NONE;

  /** Falling; as many as the lesser of the numbers of finite observations and of units. */
  double[] variances() {
    return variances;
  }

  void read(ObservationRows observations, float[] pooled, int units) {
    if (rows.length < MOST_ROWS * units) {
      rows = new float[MOST_ROWS * units];
    }
    int n = observations.copy(pooled, rows, MOST_ROWS);
    if (n < 2) {
      variances = NONE;
      return;
    }
    int side = Math.min(n, units);
    reserve(side, n * units);
    centre(n, units, side == units);
    multiply(Math.max(n, units), side, n);
    tridiagonal(side);
    diagonal(side);
    settle(side);
  }

  private void reserve(int side, int values) {
    if (vectors.length < values) {
      vectors = new double[values];
    }
    if (variances.length != side) {
      matrix = new double[side][side];
      four = new double[FOUR][side];
      variances = new double[side];
      beside = new double[side];
      reflector = new double[side];
      image = new double[side];
    }
  }

  private void centre(int n, int units, boolean byRow) {
    for (int unit = 0; unit < units; unit++) {
      double sum = 0;
      for (int row = 0; row < n; row++) {
        sum += rows[row * units + unit];
      }
      double mean = sum / n;
      for (int row = 0; row < n; row++) {
        int at = byRow ? row * units + unit : unit * n + row;
        vectors[at] = rows[row * units + unit] - mean;
      }
    }
  }

  /** The lower triangle of Σ v vᵀ / n, four vectors at a time. */
  private void multiply(int count, int side, int n) {
    for (double[] line : matrix) {
      Arrays.fill(line, 0);
    }
    for (int k = 0; k < count; k += FOUR) {
      for (int i = 0; i < FOUR; i++) {
        load(k + i, count, side, four[i]);
      }
      for (int i = 0; i < side; i++) {
        addFour(matrix[i], i + 1, four[0], four[1], four[2], four[3], i);
      }
    }
    for (int i = 0; i < side; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] /= n;
        matrix[j][i] = matrix[i][j];
      }
    }
  }

  private void load(int k, int count, int side, double[] to) {
    if (k < count) {
      System.arraycopy(vectors, k * side, to, 0, side);
    } else {
      Arrays.fill(to, 0);
    }
  }

  private static void addFour(
      double[] line, int end, double[] a, double[] b, double[] c, double[] d, int i) {
    double p = a[i];
    double q = b[i];
    double r = c[i];
    double s = d[i];
    if (p == 0 && q == 0 && r == 0 && s == 0) {
      return;
    }
    for (int j = 0; j < end; j++) {
      line[j] += p * a[j] + q * b[j] + r * c[j] + s * d[j];
    }
  }

  /** Leaves the diagonal in {@link #variances} and what is beside it in {@link #beside}. */
  private void tridiagonal(int n) {
    for (int k = 0; k < n - 2; k++) {
      double norm = 0;
      for (int i = k + 1; i < n; i++) {
        reflector[i] = matrix[i][k];
        norm += reflector[i] * reflector[i];
      }
      norm = Math.sqrt(norm);
      variances[k] = matrix[k][k];
      beside[k] = 0;
      if (norm > 0) {
        double turned = reflector[k + 1] > 0 ? -norm : norm;
        double head = reflector[k + 1] - turned;
        beside[k] = turned;
        // 2 / |v|², v being the column with its head changed
        double scale = 1 / (norm * norm - turned * reflector[k + 1]);
        reflector[k + 1] = head;
        reflect(k + 1, n, scale);
      }
    }
    if (n > 1) {
      variances[n - 2] = matrix[n - 2][n - 2];
      beside[n - 2] = matrix[n - 1][n - 2];
    }
    variances[n - 1] = matrix[n - 1][n - 1];
    beside[n - 1] = 0;
  }

  /** A ← H A H with H = 1 − scale·v vᵀ, as A − v wᵀ − w vᵀ. */
  private void reflect(int from, int n, double scale) {
    double overlap = 0;
    for (int i = from; i < n; i++) {
      image[i] = scale * dot(matrix[i], reflector, from, n);
      overlap += image[i] * reflector[i];
    }
    double half = scale / 2 * overlap;
    for (int i = from; i < n; i++) {
      image[i] -= half * reflector[i];
    }
    for (int i = from; i < n; i++) {
      subtract(matrix[i], reflector[i], image, image[i], reflector, from, n);
    }
  }

  private static double dot(double[] a, double[] b, int from, int to) {
    double even = 0;
    double odd = 0;
    int i = from;
    for (; i < to - 1; i += 2) {
      even += a[i] * b[i];
      odd += a[i + 1] * b[i + 1];
    }
    return i < to ? even + odd + a[i] * b[i] : even + odd;
  }

  private static void subtract(
      double[] line, double v, double[] w, double u, double[] z, int from, int to) {
    for (int j = from; j < to; j++) {
      line[j] -= v * w[j] + u * z[j];
    }
  }

  private void diagonal(int n) {
    for (int low = 0; low < n; low++) {
      for (int step = 0; step < MOST_STEPS; step++) {
        int high = block(low, n);
        if (high == low) {
          break;
        }
        chase(low, high);
      }
    }
  }

  /** Where the block that begins at {@code low} ends: beside it is nothing. */
  private int block(int low, int n) {
    int high = low;
    while (high < n - 1
        && Math.abs(beside[high])
            > TINY * (Math.abs(variances[high]) + Math.abs(variances[high + 1]))) {
      high++;
    }
    return high;
  }

  /** One QL step with Wilkinson's shift, its rotations from the bottom to the top. */
  private void chase(int low, int high) {
    double half = (variances[low + 1] - variances[low]) / (2 * beside[low]);
    double root = Math.sqrt(half * half + 1);
    double shift = variances[low] - beside[low] / (half + (half < 0 ? -root : root));
    double g = variances[high] - shift;
    double sine = 1;
    double cosine = 1;
    double carried = 0;
    for (int i = high - 1; i >= low; i--) {
      double f = sine * beside[i];
      double b = cosine * beside[i];
      double r = Math.sqrt(f * f + g * g);
      beside[i + 1] = r;
      if (r == 0) {
        variances[i + 1] -= carried;
        beside[high] = 0;
        return;
      }
      sine = f / r;
      cosine = g / r;
      g = variances[i + 1] - carried;
      r = (variances[i] - g) * sine + 2 * cosine * b;
      carried = sine * r;
      variances[i + 1] = g + carried;
      g = cosine * r - b;
    }
    variances[low] -= carried;
    beside[low] = g;
    beside[high] = 0;
  }

  /** Falling, and what rounding made negative is nothing. */
  private void settle(int n) {
    Arrays.sort(variances);
    for (int i = 0; i < n / 2; i++) {
      double swap = variances[i];
      variances[i] = variances[n - 1 - i];
      variances[n - 1 - i] = swap;
    }
    double least = variances[0] * n * TINY;
    for (int i = 0; i < n; i++) {
      variances[i] = variances[i] > least ? variances[i] : 0;
    }
  }
}
