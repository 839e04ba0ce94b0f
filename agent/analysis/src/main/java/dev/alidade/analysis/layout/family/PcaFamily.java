package dev.alidade.analysis.layout.family;

/** The first two principal components of the units' activity vectors. */
final class PcaFamily extends Placement {
  PcaFamily() {
    super("pca");
  }

  @Override
  void place(Vectors vectors, Start start, Work work, float[] x, float[] y) {
    float[][] scores = Principal.scores(vectors, 2, work);
    System.arraycopy(scores[0], 0, x, 0, vectors.count);
    System.arraycopy(scores[1], 0, y, 0, vectors.count);
  }
}
