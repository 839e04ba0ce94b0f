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

  private final Forces forces;
  private final Edges edges;
  private final float[] weights;
  private final int[] nearest = new int[NEAREST];
  private final float[] nearestWeight = new float[NEAREST];
  private double total;
  private float placeX;
  private float placeY;

  Relocation(Forces forces, Edges edges, int units) {
    this.forces = forces;
    this.edges = edges;
    this.weights = new float[units];
  }

  /** Tries every {@code stride}-th of the first n slots, in turn; returns how many jumped. */
  int run(int n, long turn, int stride, float exaggeration, Solver solver) {
    total = forces.sumWeights(n);
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
    float own = sum(n, x, y, z);
    double here = pull * attraction(s, x, y, z) + n * Math.log(total);
    double best = here - MARGIN;
    float bestX = 0;
    float bestY = 0;
    double bestTotal = 0;
    nearest(s);
    for (int c = -1; c < NEAREST; c++) {
      if (!candidate(s, c)) {
        continue;
      }
      // The own weight, 1, is in the sum at the old place and not at a new one.
      double there =
          total + 2.0 * (sum(n, placeX, placeY, 0) - away(s, placeX, placeY) - (own - 1));
      double potential = pull * attraction(s, placeX, placeY, 0) + n * Math.log(there);
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

  private float sum(int n, float x, float y, float z) {
    weigh(n, forces.x, forces.y, forces.z, weights, x, y, z);
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int j = 0;
    for (; j + 3 < n; j += 4) {
      a += weights[j];
      b += weights[j + 1];
      c += weights[j + 2];
      d += weights[j + 3];
    }
    for (; j < n; j++) {
      a += weights[j];
    }
    return (a + b) + (c + d);
  }

  private static void weigh(
      int n, float[] px, float[] py, float[] pz, float[] out, float x, float y, float z) {
    for (int i = 0; i < n; i++) {
      float dx = px[i] - x;
      float dy = py[i] - y;
      float dz = pz[i] - z;
      out[i] = 1 / (1 + dx * dx + dy * dy + dz * dz);
    }
  }

  private float attraction(int s, float x, float y, float z) {
    return attraction(edges.outSlot, edges.outWeight, edges.outEnd[s], edges.outEnd[s + 1], x, y, z)
        + attraction(edges.inSlot, edges.inWeight, edges.inEnd[s], edges.inEnd[s + 1], x, y, z);
  }

  private float attraction(
      int[] slots, float[] weight, int from, int to, float x, float y, float z) {
    float sum = 0;
    for (int e = from; e < to; e++) {
      int j = slots[e];
      float dx = forces.x[j] - x;
      float dy = forces.y[j] - y;
      float dz = forces.z[j] - z;
      sum += weight[e] * log(1 + dx * dx + dy * dy + dz * dz);
    }
    return sum;
  }

  /** Natural logarithm of v ≥ 1 to 2e-4: exponent plus a polynomial of the mantissa. */
  static float log(float v) {
    int bits = Float.floatToRawIntBits(v);
    float m = Float.intBitsToFloat((bits & 0x7FFFFF) | 0x3F800000) - 1;
    int exponent = (bits >>> 23) - 127;
    float fraction = m * (0.99949557f + m * (-0.49190897f + m * (0.2894748f + m * -0.13606276f)));
    return exponent * 0.6931472f + fraction + m * m * m * m * m * 0.03215845f;
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
  private boolean candidate(int s, int c) {
    if (c >= 0 && nearestWeight[c] <= 0) {
      return false;
    }
    float sumX = 0;
    float sumY = 0;
    float sum = 0;
    for (int side = 0; side < 2; side++) {
      int[] slots = side == 0 ? edges.outSlot : edges.inSlot;
      float[] weight = side == 0 ? edges.outWeight : edges.inWeight;
      int[] ends = side == 0 ? edges.outEnd : edges.inEnd;
      for (int e = ends[s]; e < ends[s + 1]; e++) {
        int j = slots[e];
        float w = c < 0 ? weight[e] : weight[e] * between(nearest[c], j);
        sumX += w * forces.x[j];
        sumY += w * forces.y[j];
        sum += w;
      }
    }
    placeX = sumX / sum;
    placeY = sumY / sum;
    return sum > 0;
  }

  private float between(int i, int j) {
    float dx = forces.x[i] - forces.x[j];
    float dy = forces.y[i] - forces.y[j];
    return 1 / (1 + dx * dx + dy * dy);
  }
}
