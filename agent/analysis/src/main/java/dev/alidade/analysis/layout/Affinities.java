package dev.alidade.analysis.layout;

/**
 * Conditional affinities p(j|i) = exp(−β_i d_ij²) / Σ over the neighbour lists, β_i such that the
 * entropy is the logarithm of the perplexity (van der Maaten and Hinton 2008, equation 1).
 *
 * <p>β is found by Newton's method in log β from the last tick's value, dH/d log β = −β² Var(d²),
 * guarded by a bracket.
 */
final class Affinities {
  private static final float TOLERANCE = 1e-3f;
  private static final int TRIES = 40;

  private final Kernels kernels;
  private final int most;
  private final float[] p;
  private final float[] logBeta;
  private final float[] square;
  private final float[] weight;
  private final float[] moments = new float[3];
  private float sum;
  private float mean;
  private float variance;

  Affinities(int units, int most, Kernels kernels) {
    this.kernels = kernels;
    this.most = most;
    this.p = new float[units * most];
    this.logBeta = new float[units];
    this.square = new float[most];
    this.weight = new float[most];
  }

  /** Calibrates unit i against its neighbour list. */
  void calibrate(Neighbours neighbours, int i, float perplexity) {
    int n = neighbours.count(i);
    if (n == 0) {
      return;
    }
    float least = Float.MAX_VALUE;
    float largest = 0;
    for (int e = 0; e < n; e++) {
      float d = neighbours.distance(i, e);
      square[e] = d * d;
      least = Math.min(least, square[e]);
      largest = Math.max(largest, square[e]);
    }
    for (int e = 0; e < n; e++) {
      square[e] -= least;
    }
    if (largest - least < 1e-12f || perplexity >= n) {
      uniform(i, n);
      return;
    }
    solve(i, n, (float) Math.log(perplexity), largest - least);
    float scale = 1 / sum;
    for (int e = 0; e < n; e++) {
      p[i * most + e] = weight[e] * scale;
    }
  }

  private void uniform(int i, int n) {
    for (int e = 0; e < n; e++) {
      p[i * most + e] = 1f / n;
    }
  }

  private void solve(int i, int n, float target, float range) {
    float low = (float) Math.log(1e-3f / range);
    float high = (float) Math.log(1e7f / range);
    float at = logBeta[i];
    at = at > low && at < high && at != 0 ? at : (float) Math.log(4 / range);
    for (int t = 0; t < TRIES; t++) {
      float beta = (float) Math.exp(at);
      weigh(n, beta);
      float miss = (float) Math.log(sum) + beta * mean - target;
      if (Math.abs(miss) < TOLERANCE) {
        break;
      }
      if (miss > 0) {
        low = at;
      } else {
        high = at;
      }
      float slope = beta * beta * variance;
      float next = at + miss / Math.max(slope, 1e-6f);
      at = next > low && next < high ? next : (low + high) / 2;
    }
    logBeta[i] = at;
  }

  /** Weights exp(−β s) with their sum, and the mean and variance of s under them. */
  private void weigh(int n, float beta) {
    kernels.weigh(square, n, beta, weight, moments);
    sum = moments[0];
    mean = moments[1] / sum;
    variance = Math.max(0, moments[2] / sum - mean * mean);
  }

  float p(int i, int e) {
    return p[i * most + e];
  }
}
