package dev.alidade.analysis.layout;

/** What makes the map behind {@link LiveLayout}: all pairs of units, or candidate pairs. */
sealed interface Engine permits TickingMap {
  void fold(float[] observations, int rows);

  void probe(float[] observations, int rows);

  void tick(int steps);

  void limit(float millis);

  float[] positions();

  byte[] states();

  MapQuality quality();

  float qualityError();
}
