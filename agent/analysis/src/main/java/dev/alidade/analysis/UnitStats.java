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

  /** NaN where there is no finite value. */
  final double[] mean;

  final double[] variance;
  final float[] min;
  final float[] max;
  final int[] nonZero;
  final int[] positive;
  final int[] nonFinite;

  /** Observations in which the unit was not zero. */
  final int[] active;

  long valuesPerUnit;

  UnitStats(int units) {
    this.units = units;
    pivot = new float[units];
    sum = new double[units];
    squares = new double[units];
    magnitude = new double[units];
    mean = new double[units];
    variance = new double[units];
    min = new float[units];
    max = new float[units];
    nonZero = new int[units];
    positive = new int[units];
    nonFinite = new int[units];
    active = new int[units];
  }

  /** Starts a sample, with the means of the last one as pivots. */
  void start(long values) {
    for (int unit = 0; unit < units; unit++) {
      setPivot(unit, mean[unit]);
    }
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
  }

  /** Adds one value of any kind, in double. */
  void add(int unit, float value) {
    if (!Float.isFinite(value)) {
      nonFinite[unit]++;
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

  /** Adds the sums of a lane to a unit. */
  void addSums(int unit, Lanes lanes, int lane) {
    sum[unit] += lanes.sum[lane];
    squares[unit] += lanes.squares[lane];
    magnitude[unit] += lanes.magnitude[lane];
  }

  /** Adds the extremes and counts of a lane to a unit. */
  void addExtremes(int unit, Lanes lanes, int lane) {
    min[unit] = lanes.min[lane] < min[unit] ? lanes.min[lane] : min[unit];
    max[unit] = lanes.max[lane] > max[unit] ? lanes.max[lane] : max[unit];
    nonZero[unit] += (int) lanes.nonZero[lane];
    positive[unit] += (int) (lanes.nonZero[lane] + lanes.balance[lane]) / 2;
  }

  /** Works out means and variances, once the last value is in. */
  void finish() {
    for (int unit = 0; unit < units; unit++) {
      double scale = 1.0 / finite(unit);
      double shift = sum[unit] * scale;
      mean[unit] = pivot[unit] + shift;
      boolean still = min[unit] >= max[unit] && !Double.isNaN(shift);
      variance[unit] = still ? 0 : Math.max(0, squares[unit] * scale - shift * shift);
    }
  }

  long finite(int unit) {
    return valuesPerUnit - nonFinite[unit];
  }

  float maxAbs(int unit) {
    return finite(unit) == 0 ? Float.NaN : Math.max(-min[unit], max[unit]);
  }

  /** A guess at a mean; none where it would cost precision. */
  void setPivot(int unit, double guess) {
    pivot[unit] = Math.abs(guess) < 0x1p40 ? (float) guess : 0;
  }
}
