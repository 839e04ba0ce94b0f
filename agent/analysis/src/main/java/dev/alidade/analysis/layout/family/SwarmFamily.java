package dev.alidade.analysis.layout.family;

/**
 * Particle swarm: first like seeks like, then the units spread; 1,000 steps, 300 above 2,048 units,
 * each then as much longer.
 *
 * <p>Two things differ from what was published. It begins at the principal plane, not at random
 * places. And the global force is taken at 0.03: at 1 the swarm shrinks to a line and to a point
 * long before the local force sets in, and what is drawn has grown out of rounding errors
 * (trustworthiness .64 instead of .78 at 512 units).
 */
final class SwarmFamily extends Placement {
  private static final int EXACT = 2048;
  private static final float RADIUS = 5;
  private static final float GLOBAL = 0.03f;
  private static final int STEPS = 1000;
  private static final int FEWER_STEPS = 300;

  SwarmFamily() {
    super("pso");
  }

  @Override
  void place(Vectors vectors, Start start, Work work, float[] x, float[] y) {
    Swarm.Company company = Swarm.company(vectors, work);
    start.place(vectors, work, RADIUS, x, y);
    Swarm swarm = new Swarm(x, y);
    int steps = vectors.count <= EXACT ? STEPS : FEWER_STEPS;
    float longer = (float) STEPS / steps;
    for (int step = 0; step < steps && work.goesOn(); step++) {
      double u = -3 + 9.0 * step / (steps - 1);
      float late = (float) (1 + Math.tanh(u)) / 2;
      swarm.clear();
      swarm.global(company, longer * GLOBAL * (1 - late) / 2);
      swarm.local(longer * late / 2);
      swarm.move();
    }
  }
}
