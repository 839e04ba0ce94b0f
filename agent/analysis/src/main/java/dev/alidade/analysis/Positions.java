package dev.alidade.analysis;

/**
 * What the positions of a layer's activations mean: pixels of one example, or steps of a sequence.
 */
public enum Positions {
  /**
   * Convolution: every value counts in the scan, but one <em>observation</em> is one example, its
   * value for a unit the mean over the positions.
   */
  POOLED,
  /** Recurrent and attention layers: each (row, position) is an observation of its own. */
  OBSERVED
}
