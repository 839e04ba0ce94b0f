package dev.alidade.analysis.layout;

/** How alike the units are, by cosine: an estimate that observations keep up to date. */
interface Likeness {
  /** Distance 1 − cos of two units. */
  float distance(int i, int j);

  /**
   * Distances 1 − cos of unit i to all units, plus {@code offset} of each, into {@code out}; by
   * rounding they may lie just below zero.
   */
  void distances(int i, float[] offset, float[] out);

  /** Whether unit i has any activity at all in the estimate. */
  boolean known(int i);

  /** Two properties of each of the first n live units that do not depend on their order. */
  void seed(int[] live, int n, float[] x, float[] y);

  /** The matrix of cosines of the first n live units, times v. */
  void multiply(int[] live, int n, float[] v, float[] out);
}
