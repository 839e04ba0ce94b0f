package dev.alidade.analysis.layout;

/**
 * Moves units that sit in the wrong place at once, where small steps cannot pass the crowd between:
 * each tick some units try the mean of their companions and one mean-shift step at each of their
 * four nearest, and jump when the unit's exact t-SNE potential falls by more than a margin.
 *
 * <p>n times the potential of unit i at a place: 2e Σ_j P_ij log(1 + d_ij²) + n log Z, with Z the
 * sum of all weights, of which 2 Σ_j 1 / (1 + d_ij²) belong to i.
 */
final class Relocation {
  private static final int NEAREST = 4;
  private static final float JITTER = 0.01f;
  private static final float MARGIN = 1.2f;
  private static final int PAD = 16;

  private final Forces forces;
  private final Edges edges;
  private final Kernels kernels;
  private final float[][] company;
  private final float[] weight;
  private int companions;
  private final int[] nearest = new int[NEAREST];
  private final float[] nearestWeight = new float[NEAREST];
  private double total;
  private float placeX;
  private float placeY;

  Relocation(Forces forces, Edges edges, int units, int most, Kernels kernels) {
    this.forces = forces;
    this.edges = edges;
    this.kernels = kernels;
    company = new float[3][units + most + PAD];
    weight = new float[units + most + PAD];
  }

  /**
   * Tries every {@code stride}-th of the first n slots, in turn; returns how many jumped. Z is that
   * of the last step: what it has moved since is a share of all weights that weighs nothing here.
   */
  int run(int n, long turn, int stride, float exaggeration, Solver solver) {
    total = forces.total();
    edges.reverse(n, (int) (turn % stride), stride);
    int jumps = 0;
    for (int s = (int) (turn % stride); s < n; s += stride) {
      if (improve(s, n, exaggeration)) {
        solver.still(s);
        jumps++;
      }
    }
    return jumps;
  }

  private boolean improve(int s, int n, float exaggeration) {
    float x = forces.x[s];
    float y = forces.y[s];
    float z = forces.z[s];
    float pull = 2 * exaggeration;
    gather(s);
    float own = forces.weights(n, x, y, z);
    double here = pull * attraction(x, y, z) + n * Math.log(total);
    double best = here - MARGIN;
    float bestX = 0;
    float bestY = 0;
    double bestTotal = 0;
    nearest(s);
    for (int c = -1; c < NEAREST; c++) {
      if (!candidate(c)) {
        continue;
      }
      // The own weight, 1, is in the sum at the old place and not at a new one.
      double there =
          total
              + 2.0 * (forces.weights(n, placeX, placeY, 0) - away(s, placeX, placeY) - (own - 1));
      double potential = pull * attraction(placeX, placeY, 0) + n * Math.log(there);
      if (potential < best) {
        best = potential;
        bestX = placeX;
        bestY = placeY;
        bestTotal = there;
      }
    }
    if (bestTotal == 0) {
      return false;
    }
    // Not exactly there: with one companion the mean is its own place, and forces need a direction.
    forces.x[s] = bestX + JITTER * Start.hash(s, 6);
    forces.y[s] = bestY + JITTER * Start.hash(s, 7);
    forces.z[s] = 0;
    total = bestTotal;
    return true;
  }

  /** The weight between a place and the slot's own present position, which leaves it. */
  private float away(int s, float x, float y) {
    float dx = forces.x[s] - x;
    float dy = forces.y[s] - y;
    float dz = forces.z[s];
    return 1 / (1 + dx * dx + dy * dy + dz * dz);
  }

  /** Puts the places and affinities of all companions side by side. */
  private void gather(int s) {
    companions = 0;
    gather(edges.outSlot, edges.outWeight, edges.outEnd[s], edges.outEnd[s + 1]);
    gather(edges.inSlot, edges.inWeight, edges.inEnd[s], edges.inEnd[s + 1]);
  }

  private void gather(int[] slots, float[] weights, int from, int to) {
    for (int e = from; e < to; e++) {
      int j = slots[e];
      company[0][companions] = forces.x[j];
      company[1][companions] = forces.y[j];
      company[2][companions] = forces.z[j];
      weight[companions++] = weights[e];
    }
  }

  private float attraction(float x, float y, float z) {
    return kernels.logarithms(companions, company, weight, x, y, z);
  }

  private void nearest(int s) {
    java.util.Arrays.fill(nearestWeight, 0);
    for (int e = edges.outEnd[s]; e < edges.outEnd[s + 1]; e++) {
      float w = edges.outWeight[e];
      int at = NEAREST;
      while (at > 0 && nearestWeight[at - 1] < w) {
        at--;
      }
      for (int k = NEAREST - 1; k > at; k--) {
        nearestWeight[k] = nearestWeight[k - 1];
        nearest[k] = nearest[k - 1];
      }
      if (at < NEAREST) {
        nearestWeight[at] = w;
        nearest[at] = edges.outSlot[e];
      }
    }
  }

  /**
   * Computes the place of candidate c: −1 the mean of all companions, else around a nearest one.
   */
  private boolean candidate(int c) {
    if (c >= 0 && nearestWeight[c] <= 0) {
      return false;
    }
    float[] px = company[0];
    float[] py = company[1];
    float nearX = c < 0 ? 0 : forces.x[nearest[c]];
    float nearY = c < 0 ? 0 : forces.y[nearest[c]];
    float spread = c < 0 ? 0 : 1;
    float sumX = 0;
    float sumY = 0;
    float sum = 0;
    for (int e = 0; e < companions; e++) {
      float dx = px[e] - nearX;
      float dy = py[e] - nearY;
      float w = weight[e] / (1 + spread * (dx * dx + dy * dy));
      sumX += w * px[e];
      sumY += w * py[e];
      sum += w;
    }
    placeX = sumX / sum;
    placeY = sumY / sum;
    return sum > 0;
  }
}
