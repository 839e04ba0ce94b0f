package dev.alidade.analysis;

import java.util.Arrays;

/**
 * The sums of one sample, per unit. Moments are about a pivot near the mean (that of the sample
 * before), so that a spread that is small beside the mean survives; everything is over finite
 * values.
 */
final class UnitStats {
  final int units;
  final float[] pivot;

  /** Σ (h − pivot), Σ (h − pivot)², Σ |h|. */
  final double[] sum;

  final double[] squares;
  final double[] magnitude;
  final float[] min;
  final float[] max;
  final int[] nonZero;
  final int[] positive;
  final int[] nonFinite;

  /** Observations in which the unit was not zero. */
  final int[] active;

  long valuesPerUnit;
  long nans;
  long positiveInfinities;
  long negativeInfinities;

  UnitStats(int units) {
    this.units = units;
    pivot = new float[units];
    sum = new double[units];
    squares = new double[units];
    magnitude = new double[units];
    min = new float[units];
    max = new float[units];
    nonZero = new int[units];
    positive = new int[units];
    nonFinite = new int[units];
    active = new int[units];
  }

  /** Starts a sample, with the means of the last one as pivots. */
  void start(long values) {
    movePivots();
    valuesPerUnit = values;
    Arrays.fill(sum, 0);
    Arrays.fill(squares, 0);
    Arrays.fill(magnitude, 0);
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    Arrays.fill(nonZero, 0);
    Arrays.fill(positive, 0);
    Arrays.fill(nonFinite, 0);
    Arrays.fill(active, 0);
    nans = 0;
    positiveInfinities = 0;
    negativeInfinities = 0;
  }

  /** Adds one value of any kind, in double. */
  void add(int unit, float value) {
    if (!Float.isFinite(value)) {
      addNonFinite(unit, value);
      return;
    }
    double centred = (double) value - pivot[unit];
    sum[unit] += centred;
    squares[unit] += centred * centred;
    magnitude[unit] += Math.abs(value);
    min[unit] = Math.min(min[unit], value);
    max[unit] = Math.max(max[unit], value);
    nonZero[unit] += value == 0 ? 0 : 1;
    positive[unit] += value > 0 ? 1 : 0;
  }

  private void addNonFinite(int unit, float value) {
    nonFinite[unit]++;
    if (Float.isNaN(value)) {
      nans++;
    } else if (value > 0) {
      positiveInfinities++;
    } else {
      negativeInfinities++;
    }
  }

  long finite(int unit) {
    return valuesPerUnit - nonFinite[unit];
  }

  /** Zeros of all units. */
  long zeros() {
    long zeros = 0;
    for (int unit = 0; unit < units; unit++) {
      zeros += finite(unit) - nonZero[unit];
    }
    return zeros;
  }

  double mean(int unit) {
    return pivot[unit] + sum[unit] / finite(unit);
  }

  double variance(int unit) {
    if (min[unit] >= max[unit]) {
      return finite(unit) == 0 ? Double.NaN : 0;
    }
    double n = finite(unit);
    double shift = sum[unit] / n;
    return Math.max(0, squares[unit] / n - shift * shift);
  }

  float maxAbs(int unit) {
    return finite(unit) == 0 ? Float.NaN : Math.max(-min[unit], max[unit]);
  }

  private void movePivots() {
    for (int unit = 0; unit < units; unit++) {
      setPivot(unit, mean(unit));
    }
  }

  /** A guess at a mean; none where it would cost precision. */
  private void setPivot(int unit, double guess) {
    pivot[unit] = Math.abs(guess) < 0x1p40 ? (float) guess : 0;
  }

  /** Takes an observation for the means of the units that have none from an earlier sample. */
  void guessPivots(float[] rows) {
    for (int unit = 0; unit < units; unit++) {
      if (pivot[unit] == 0) {
        setPivot(unit, rows[unit]);
      }
    }
  }
}
