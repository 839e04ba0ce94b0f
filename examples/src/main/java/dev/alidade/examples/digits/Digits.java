package dev.alidade.examples.digits;

/**
 * A source of labelled digits, 28 × 28 values from 0 (paper) to 1 (ink), row by row.
 *
 * <p>Not thread safe: a source reuses its scratch.
 */
public interface Digits {
  /** Pixels along one edge. */
  int SIDE = 28;

  /** Values per digit. */
  int PIXELS = SIDE * SIDE;

  /** Different digits. */
  int CLASSES = 10;

  /** How many different digits the source has; {@link Long#MAX_VALUE} when it draws them. */
  long size();

  /**
   * Writes a digit.
   *
   * @param index which one, from 0
   * @param pixels where to write {@link #PIXELS} values
   * @param offset the first position to write to
   * @return the label, 0 to 9
   */
  int read(long index, float[] pixels, int offset);
}
