package dev.alidade.analysis.laws;

import java.util.Arrays;

/**
 * How much of a layer's units the next layer would not miss: cumulative errors of tail truncation
 * (Luo et al. 2024, Sparsing Law, §3.1).
 *
 * <p>A unit's output has the norm n_i = |a_i|·‖W_i‖, W_i being what it feeds into the next layer.
 * CETT(t) is the mean over rows of ‖Σ_{n_i ≤ t} a_i W_i‖ / ‖Σ_i a_i W_i‖. Rows without any output
 * have nothing to lose and do not count. Not thread safe: the scratch is reused.
 */
public final class Cett {
  private static final int HALVINGS = 200;

  private final float[] weights;
  private final int units;
  private final int outputs;
  private final double[] weightNorms;

  private double[] norms = {};
  private double[] totals = {};
  private double[] base = {};
  private double[] trial = {};
  private int[] candidates = {};

  /**
   * What may be cut.
   *
   * @param threshold the largest t found with CETT(t) ≤ target
   * @param cett CETT there
   * @param sparsity share of (row, unit) with n ≤ threshold; 0 when no threshold qualifies; NaN
   *     when an output is not finite
   */
  public record Cut(double threshold, double cett, double sparsity) {}

  /**
   * Keeps the weights that lead out of a layer.
   *
   * @param weights [units x outputs] row-major, not copied: row i is what unit i feeds
   */
  public Cett(float[] weights, int units, int outputs) {
    if (units < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "units and outputs must be at least 1: %d and %d".formatted(units, outputs));
    }
    if (weights.length != (long) units * outputs) {
      throw new IllegalArgumentException(
          "weights must hold units x outputs = %d values: %d"
              .formatted((long) units * outputs, weights.length));
    }
    this.weights = weights;
    this.units = units;
    this.outputs = outputs;
    weightNorms = new double[units];
    for (int u = 0; u < units; u++) {
      weightNorms[u] = weightNorm(u);
    }
  }

  private double weightNorm(int unit) {
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      double w = weights[unit * outputs + o];
      sum += w * w;
    }
    return Math.sqrt(sum);
  }

  /** CETT(threshold) of [rows x units] row-major activations; 0 when no row has an output. */
  public double at(float[] activations, int rows, double threshold) {
    prepare(activations, rows);
    for (int i = 0; i < rows * units; i++) {
      if (norms[i] <= threshold) {
        addTo(base, activations, i);
      }
    }
    return meanRatio(base, rows);
  }

  /**
   * The largest sparsity whose CETT stays within the target, by bisection over the threshold.
   *
   * <p>Costs about rows · units · outputs multiplications three times: each half of the bisection
   * adds only the units between its bounds.
   *
   * @param activations [rows x units] row-major
   * @param target at least 0; 0.2 is usual
   */
  public Cut cut(float[] activations, int rows, double target) {
    if (!(target >= 0)) {
      throw new IllegalArgumentException("target must be at least 0: " + target);
    }
    prepare(activations, rows);
    int all = rows * units;
    if (all == 0) {
      return new Cut(0, 0, 0);
    }
    double most = Arrays.stream(norms, 0, all).max().orElse(0);
    if (!Double.isFinite(most) || !finite(rows)) {
      return new Cut(Double.NaN, Double.NaN, Double.NaN);
    }
    double threshold = meanRatio(totals, rows) <= target ? most : bisect(activations, rows, target);
    long cut = Arrays.stream(norms, 0, all).filter(n -> n <= threshold).count();
    double cett = threshold == most ? meanRatio(totals, rows) : meanRatio(base, rows);
    return new Cut(threshold, cett, (double) cut / all);
  }

  /** Leaves in base the sums of all units up to the threshold that it returns. */
  private double bisect(float[] activations, int rows, double target) {
    double low = 0;
    double high = Arrays.stream(norms, 0, rows * units).max().orElse(0);
    int left = 0;
    for (int i = 0; i < rows * units; i++) {
      if (norms[i] > 0) {
        candidates[left++] = i;
      }
    }
    for (int k = 0; k < HALVINGS && !equal(left); k++) {
      double middle = low + (high - low) / 2;
      System.arraycopy(base, 0, trial, 0, rows * outputs);
      for (int c = 0; c < left; c++) {
        if (norms[candidates[c]] <= middle) {
          addTo(trial, activations, candidates[c]);
        }
      }
      boolean within = meanRatio(trial, rows) <= target;
      if (within) {
        double[] swap = base;
        base = trial;
        trial = swap;
        low = middle;
      } else {
        high = middle;
      }
      left = keep(left, low, high);
    }
    return low;
  }

  private int keep(int count, double low, double high) {
    int kept = 0;
    for (int c = 0; c < count; c++) {
      double n = norms[candidates[c]];
      if (n > low && n <= high) {
        candidates[kept++] = candidates[c];
      }
    }
    return kept;
  }

  /** Whether the first so many candidates share one norm: no threshold can part them. */
  private boolean equal(int count) {
    for (int c = 1; c < count; c++) {
      if (norms[candidates[c]] != norms[candidates[0]]) {
        return false;
      }
    }
    return true;
  }

  private void prepare(float[] activations, int rows) {
    long all = (long) rows * units;
    if (rows < 0 || activations.length < all || all > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "activations must hold rows x units = %d values: %d".formatted(all, activations.length));
    }
    if (norms.length < all) {
      norms = new double[(int) all];
      candidates = new int[(int) all];
    }
    if (totals.length < rows * outputs) {
      totals = new double[rows * outputs];
      base = new double[rows * outputs];
      trial = new double[rows * outputs];
    }
    Arrays.fill(totals, 0, rows * outputs, 0);
    Arrays.fill(base, 0, rows * outputs, 0);
    for (int i = 0; i < all; i++) {
      norms[i] = Math.abs(activations[i]) * weightNorms[i % units];
      addTo(totals, activations, i);
    }
  }

  private void addTo(double[] sums, float[] activations, int i) {
    double a = activations[i];
    if (a == 0) {
      return;
    }
    int to = i / units * outputs;
    int from = i % units * outputs;
    for (int o = 0; o < outputs; o++) {
      sums[to + o] += a * weights[from + o];
    }
  }

  private double meanRatio(double[] sums, int rows) {
    double sum = 0;
    int counted = 0;
    for (int r = 0; r < rows; r++) {
      double total = norm(totals, r);
      if (total != 0) {
        sum += norm(sums, r) / total;
        counted++;
      }
    }
    return counted == 0 ? 0 : sum / counted;
  }

  private double norm(double[] sums, int row) {
    double sum = 0;
    for (int o = row * outputs; o < (row + 1) * outputs; o++) {
      sum += sums[o] * sums[o];
    }
    return Math.sqrt(sum);
  }

  private boolean finite(int rows) {
    for (int i = 0; i < rows * outputs; i++) {
      if (!Double.isFinite(totals[i])) {
        return false;
      }
    }
    return true;
  }
}
