package dev.alidade.server.live;

/** What is counted about viewers. */
public interface LiveMeters {
  /** Pictures or units that a viewer did not get, for a newer one was there. */
  void coalesced(long frames);

  /** A viewer was closed because it took nothing. */
  void kicked();
}
