package dev.alidade.analysis.quantity;

/**
 * What a quantity may read: the last sample of a layer, and its windows. Statistics are over finite
 * values; those that are not are counted in {@link #nans} and {@link #infinities}.
 */
public interface LayerView {

  // The values of the sample.

  long finite();

  long zeros();

  long positives();

  long nans();

  long infinities();

  double mean();

  /** Population standard deviation. */
  double std();

  double rms();

  double min();

  double max();

  double maxAbs();

  /** Exact; of an even count the lower one of the two in the middle. */
  double medianAbs();

  /** Finite values with |h| below a thousandth of the root mean square. */
  long nearZeros();

  /** Finite values at a bound of the activation function; -1 where it has none. */
  long saturated();

  // Its units.

  int units();

  /** E|h| of a unit; NaN where it has no finite value. */
  double unitMeanAbs(int unit);

  /** Root mean square of a unit; NaN where it has no finite value. */
  double unitRms(int unit);

  /** Share of positive values of a unit; NaN where it has no finite value. */
  double unitPositiveShare(int unit);

  /** The units' E|h|, rising, those without a finite value left out; owned by the view. */
  float[] risingMeanAbs();

  /** The units' root mean squares, rising, those without a finite value left out. */
  float[] risingRms();

  /** How many of the units have a finite value: the length in use of the two arrays above. */
  int finiteUnits();

  // Its sequences: a sequence is one row, with all its units and positions.

  double meanSequenceMax();

  double meanSequenceMedian();

  /** Values with |h| above 100 and at least 1,000 times the median. */
  long massive();

  /** Share of the recent samples whose top unit is that of the last one. */
  double topPersistence();

  /** Share of observations on which the top unit is at least half of its largest |h|. */
  double topRowsShare();

  // Its geometry: dear, and worked out when it is first asked for.

  /**
   * Eigenvalues of the covariance of the units, falling, over at most 256 evenly strided
   * observations: as many as the lesser of both numbers. None where fewer than two observations are
   * finite. Owned by the view.
   */
  double[] variances();

  /** Sparsity at CETT = 0.2 that a probe found at this sample's iteration; NaN where none did. */
  double cettSparsity();

  // The last full window of rows; only when there is one.

  boolean windowFilled();

  int deadUnits();

  int rarelyActiveUnits();

  int births();

  int deaths();

  int revivals();
}
