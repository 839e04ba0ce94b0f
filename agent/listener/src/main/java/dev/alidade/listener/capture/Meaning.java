package dev.alidade.listener.capture;

/** What a position of an activation is. */
public enum Meaning {
  /** A pixel of one example: all of them pooled are one observation. */
  POOLED,
  /** A time step: an observation of its own. */
  OBSERVED
}
