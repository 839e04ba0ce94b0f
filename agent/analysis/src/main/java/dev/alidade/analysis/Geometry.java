package dev.alidade.analysis;

import java.util.Objects;

/**
 * How one layer's activations lie in a {@code float[]}: the value of a row, unit and position is
 * {@code values[row * rowStride + unit * unitStride + position * positionStride]}.
 *
 * <p>A dense layer has one position. Any order of the three axes, and gaps between them, are right;
 * the scan is fast where units lie side by side, and for pooled positions where these do.
 */
public record Geometry(
    int rows,
    int units,
    int positions,
    int rowStride,
    int unitStride,
    int positionStride,
    Positions meaning) {

  public Geometry {
    atLeast("rows", rows, 0);
    atLeast("units", units, 1);
    atLeast("positions", positions, 1);
    atLeast("rowStride", rowStride, 0);
    atLeast("unitStride", unitStride, 0);
    atLeast("positionStride", positionStride, 0);
    Objects.requireNonNull(meaning, "meaning");
  }

  /** Rows of units, side by side: what a dense layer gives. */
  public static Geometry dense(int rows, int units) {
    return new Geometry(rows, units, 1, units, 1, 1, Positions.OBSERVED);
  }

  /** Observations: the examples, or the examples times the steps of a sequence. */
  public int observations() {
    return meaning == Positions.POOLED ? rows : Math.multiplyExact(rows, positions);
  }

  /** All values that are seen. */
  public long values() {
    return (long) rows * units * positions;
  }

  /** The least length of an array that holds all of them. */
  public long extent() {
    if (rows == 0) {
      return 0;
    }
    return 1
        + (rows - 1L) * rowStride
        + (units - 1L) * unitStride
        + (positions - 1L) * positionStride;
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
    }
  }
}
