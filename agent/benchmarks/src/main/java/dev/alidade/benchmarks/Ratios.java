package dev.alidade.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The middle of paired ratios and how sure it is: the median with its 95 % percentile bootstrap
 * interval (Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13).
 *
 * @param median the median
 * @param low the interval's lower end
 * @param high the interval's upper end
 */
record Ratios(double median, double low, double high) {
  private static final int RESAMPLES = 10_000;

  static Ratios of(double... ratios) {
    SplittableRandom random = new SplittableRandom(1);
    double[] medians = new double[RESAMPLES];
    double[] sample = new double[ratios.length];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int j = 0; j < sample.length; j++) {
        sample[j] = ratios[random.nextInt(ratios.length)];
      }
      medians[i] = median(sample);
    }
    Arrays.sort(medians);
    return new Ratios(
        median(ratios), medians[RESAMPLES * 25 / 1000], medians[RESAMPLES * 975 / 1000]);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  @Override
  public String toString() {
    return "%.3f [%.3f, %.3f]".formatted(median, low, high);
  }
}
