package dev.alidade.analysis.layout;

/** What makes the map behind {@link LiveLayout}: all pairs of units, or landmarks. */
sealed interface Engine permits ExactMap, LandmarkMap {
  void fold(float[] observations, int rows);

  void probe(float[] observations, int rows);

  void tick(int steps);

  float[] positions();

  byte[] states();

  MapQuality quality();
}
