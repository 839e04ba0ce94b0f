package dev.alidade.analysis;

import java.util.Arrays;

/**
 * A signed, log-scaled, mergeable histogram: four bins to the octave, the same ones for every layer
 * and run.
 *
 * <p>Bin {@code k} holds {@code 2^((k-128)/4) <= |h| < 2^((k-127)/4)}, for {@code k} from 0 (2^-32)
 * to 639 (just below 2^128, the end of a float). Bin 0 also holds what is smaller but not zero.
 * Zero (of either sign), NaN and the infinities are counted apart. The bounds are exact: {@link
 * #bin} compares the mantissa with the least float that is not below 2^(1/4), 2^(2/4), 2^(3/4).
 */
public final class SignedHistogram {
  /** Bins of each sign. */
  public static final int BINS = 640;

  /** Least mantissas, as bits, at or above 2^(1/4), 2^(2/4) and 2^(3/4). */
  static final int QUARTER = leastMantissa(0.25);

  static final int HALF = leastMantissa(0.5);
  static final int THREE_QUARTERS = leastMantissa(0.75);

  /** Index of bin 0 among the quarters of all octaves, which start at the exponent of zero. */
  static final int FIRST_QUARTER = 4 * (127 - 32);

  private final long[] positive = new long[BINS];
  private final long[] negative = new long[BINS];
  private long zeros;
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;

  private static int leastMantissa(double exponent) {
    double bound = Math.pow(2, exponent);
    float least = (float) bound;
    if (least < bound) {
      least = Math.nextUp(least);
    }
    return Float.floatToRawIntBits(least) & 0x007fffff;
  }

  /** The quarter octave of the absolute bits of a finite float, from 0 to 1019. */
  static int quarter(int absoluteBits) {
    int mantissa = absoluteBits & 0x007fffff;
    return ((absoluteBits >>> 23) << 2)
        + ((QUARTER - 1 - mantissa) >>> 31)
        + ((HALF - 1 - mantissa) >>> 31)
        + ((THREE_QUARTERS - 1 - mantissa) >>> 31);
  }

  /** The bin of a finite value that is not zero. */
  public static int bin(float value) {
    return Math.max(0, quarter(Float.floatToRawIntBits(value) & 0x7fffffff) - FIRST_QUARTER);
  }

  /** The lower bound of |h| in a bin. */
  public static double lowerBound(int bin) {
    return Math.pow(2, (bin - 128) / 4.0);
  }

  public void clear() {
    Arrays.fill(positive, 0);
    Arrays.fill(negative, 0);
    zeros = 0;
    nans = 0;
    positiveInfinities = 0;
    negativeInfinities = 0;
  }

  /** Counts one value. */
  public void add(float value) {
    if (value == 0) {
      zeros++;
    } else if (Float.isNaN(value)) {
      nans++;
    } else if (Float.isInfinite(value)) {
      addInfinities(value > 0 ? 1 : 0, value > 0 ? 0 : 1);
    } else {
      (value > 0 ? positive : negative)[bin(value)]++;
    }
  }

  /** Adds all that another one counted. */
  public void merge(SignedHistogram other) {
    for (int k = 0; k < BINS; k++) {
      positive[k] += other.positive[k];
      negative[k] += other.negative[k];
    }
    zeros += other.zeros;
    nans += other.nans;
    addInfinities(other.positiveInfinities, other.negativeInfinities);
  }

  void addZeros(long count) {
    zeros += count;
  }

  void addNans(long count) {
    nans += count;
  }

  void addInfinities(long positiveOnes, long negativeOnes) {
    positiveInfinities += positiveOnes;
    negativeInfinities += negativeOnes;
  }

  void addQuarters(boolean ofNegatives, int quarter, long count) {
    (ofNegatives ? negative : positive)[Math.max(0, quarter - FIRST_QUARTER)] += count;
  }

  public long zeros() {
    return zeros;
  }

  public long nans() {
    return nans;
  }

  public long positiveInfinities() {
    return positiveInfinities;
  }

  public long negativeInfinities() {
    return negativeInfinities;
  }

  public long positive(int bin) {
    return positive[bin];
  }

  public long negative(int bin) {
    return negative[bin];
  }

  /** The first bin that has a positive value; {@link #BINS} when there is none. */
  public int firstPositive() {
    return first(positive);
  }

  /** One past the last bin that has a positive value; 0 when there is none. */
  public int endPositive() {
    return end(positive);
  }

  /** The first bin that has a negative value; {@link #BINS} when there is none. */
  public int firstNegative() {
    return first(negative);
  }

  /** One past the last bin that has a negative value; 0 when there is none. */
  public int endNegative() {
    return end(negative);
  }

  /** Finite values, zeros among them. */
  public long finite() {
    long count = zeros;
    for (int k = 0; k < BINS; k++) {
      count += positive[k] + negative[k];
    }
    return count;
  }

  private static int first(long[] counts) {
    int k = 0;
    while (k < BINS && counts[k] == 0) {
      k++;
    }
    return k;
  }

  private static int end(long[] counts) {
    int k = BINS;
    while (k > 0 && counts[k - 1] == 0) {
      k--;
    }
    return k;
  }
}
