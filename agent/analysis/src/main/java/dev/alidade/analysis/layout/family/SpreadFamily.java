package dev.alidade.analysis.layout.family;

/**
 * Another family's map spread over a disc: its positions as start, then the swarm's local force
 * only (Krug et al. 2023, §3.4), which does not know what is alike.
 */
final class SpreadFamily extends Placement {
  private static final float RADIUS = 5;
  private static final int STEPS = 200;

  private final Placement first;

  SpreadFamily(Placement first) {
    super(first.name() + "+pso");
    this.first = first;
  }

  @Override
  void place(Vectors vectors, Start start, Work work, float[] x, float[] y) {
    first.place(vectors, start, work, x, y);
    if (!Plane.scale(x.length, x, y, RADIUS)) {
      Plane.disc(x.length, x, y, RADIUS);
    }
    Swarm swarm = new Swarm(x, y);
    for (int step = 0; step < STEPS && work.goesOn(); step++) {
      swarm.clear();
      swarm.local(0.5f);
      swarm.move();
    }
  }
}
