package dev.alidade.analysis.layout;

/**
 * The map of a layer whose units are few enough for all their pairs. Memory: about 4·units² + 1.2
 * kB·units bytes.
 */
final class ExactMap extends TickingMap {
  private static final int RELOCATION_STRIDE = 10;

  /** Live units from which on only half of them look for their neighbours anew in a tick. */
  private static final int MANY = 768;

  private final Gram gram;
  private final Relocation relocation;

  ExactMap(int units, LiveLayout.Options options, Kernels kernels) {
    this(units, options, kernels, new Gram(units, kernels));
  }

  private ExactMap(int units, LiveLayout.Options options, Kernels kernels, Gram gram) {
    super(units, most(units, options), options, gram, kernels);
    this.gram = gram;
    relocation = new Relocation(solver.forces, edges, units, neighbours.most(), kernels);
  }

  private static int most(int units, LiveLayout.Options options) {
    return Math.max(1, Math.min(units - 1, (int) (3 * options.perplexity()) + 1));
  }

  @Override
  Forces forces(Kernels kernels) {
    return new Forces(units, edges, kernels);
  }

  @Override
  void fold(float retention) {
    gram.fold(batch, retention);
  }

  @Override
  void take() {
    gram.fold(batch, 0);
  }

  @Override
  void complete() {
    gram.complete();
  }

  @Override
  void look(int k, float perplexity) {
    int turns = early() || count < MANY ? 1 : 2;
    for (int s = 0; s < count; s++) {
      int i = live[s];
      boolean search = neighbours.count(i) < k || (i + ticks) % turns == 0;
      if (!probed || !search) {
        float change = neighbours.renew(gram, i);
        if (!probed) {
          movement.stream(i, change, quality.trend());
        }
      }
      if (gram.known(i)) {
        if (search) {
          neighbours.refresh(gram, i, k);
        }
        affinities.calibrate(neighbours, i, perplexity);
      }
    }
  }

  @Override
  void relocate(float exaggeration) {
    relocation.run(count, ticks, early() ? 1 : RELOCATION_STRIDE, exaggeration, solver);
  }
}
