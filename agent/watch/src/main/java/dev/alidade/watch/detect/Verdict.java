package dev.alidade.watch.detect;

/** What a condition says of one sample. */
public enum Verdict {
  /** There was no value: neither for nor against. */
  UNKNOWN,
  HOLDS,
  /** Not broken, and not yet back to where it is over. */
  BETWEEN,
  OVER
}
