package dev.alidade.recording;

/** Iterations whose frames thinning spares, both ends included. */
public record KeptWindow(long fromIteration, long toIteration) {
  public KeptWindow {
    if (fromIteration < 0 || toIteration < fromIteration) {
      throw new IllegalArgumentException(
          "window must be from 0 or more to no less: " + fromIteration + " to " + toIteration);
    }
  }

  boolean touches(KeptWindow other) {
    return fromIteration <= other.toIteration && other.fromIteration <= toIteration;
  }

  KeptWindow joined(KeptWindow other) {
    return new KeptWindow(
        Math.min(fromIteration, other.fromIteration), Math.max(toIteration, other.toIteration));
  }
}
