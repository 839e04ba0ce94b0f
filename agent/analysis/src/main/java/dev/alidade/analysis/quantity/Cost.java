package dev.alidade.analysis.quantity;

/** How dear a quantity is. When it is worked out follows from it, and is decided elsewhere. */
public enum Cost {
  /** Read off the scan that every sample gets. */
  SCAN,
  /** Milliseconds of its own: a few layers in turn, when the analysis budget has room. */
  SLOW
}
