package dev.alidade.analysis.layout.family;

/**
 * UMAP (McInnes, Healy and Melville, "UMAP: Uniform Manifold Approximation and Projection", arXiv
 * 1802.03426v3): 15 neighbours, minimal distance 0.1, spectral start, 500 rounds (200 above 10,000
 * units) of sampled attraction with five repulsions each. Neighbours are exact.
 */
final class UmapFamily extends Placement {
  /** The unit itself is one of them. */
  private static final int NEIGHBOURS = 15;

  /** Fitted to the minimal distance 0.1 and spread 1: definition 11, 1/(1 + a d^2b). */
  private static final float A = 1.5769f;

  private static final float B = 0.8951f;
  private static final int REPULSIONS = 5;
  private static final float STEEPEST = 4;
  private static final float RADIUS = 4;

  UmapFamily() {
    super("umap");
  }

  @Override
  void place(Vectors vectors, Start start, Work work, float[] x, float[] y) {
    Links links = memberships(vectors, work);
    start.place(vectors, work, RADIUS, x, y);
    if (!start.isWarm()) {
      Spectral.place(links, work, RADIUS, x, y);
    }
    int rounds = vectors.count <= 10_000 ? 500 : 200;
    new Sampler(links, work, x, y).run(start.isWarm() ? rounds / 2 : rounds, start.isWarm());
  }

  /** Fuzzy set of the neighbours, algorithms 2 and 3, and the union of both directions. */
  private static Links memberships(Vectors vectors, Work work) {
    Nearest nearest = Nearest.of(vectors, NEIGHBOURS - 1, work);
    int k = nearest.k;
    int n = vectors.count;
    float[] membership = new float[n * k];
    double mean = 0;
    for (float d : nearest.distance) {
      mean += d / (n * (double) k);
    }
    for (int i = 0; i < n; i++) {
      smooth(nearest.distance, i * k, k, mean, membership);
    }
    return Links.of(nearest, membership, (there, back) -> there + back - there * back);
  }

  private static void smooth(float[] distance, int at, int k, double mean, float[] out) {
    double closest = 0;
    double own = 0;
    for (int e = at + k - 1; e >= at; e--) {
      closest = distance[e] > 0 ? distance[e] : closest;
      own += distance[e] / k;
    }
    double target = Math.log(k + 1.0) / Math.log(2);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double sigma = 1;
    for (int round = 0; round < 64; round++) {
      double sum = 0;
      for (int e = at; e < at + k; e++) {
        sum += Math.exp(-Math.max(0, distance[e] - closest) / sigma);
      }
      if (Math.abs(sum - target) < 1e-5) {
        break;
      }
      if (sum > target) {
        high = sigma;
        sigma = (low + high) / 2;
      } else {
        low = sigma;
        sigma = Double.isInfinite(high) ? 2 * sigma : (low + high) / 2;
      }
    }
    sigma = Math.max(sigma, 1e-3 * (closest > 0 ? own : mean) + 1e-12);
    for (int e = at; e < at + k; e++) {
      out[e] = (float) Math.exp(-Math.max(0, distance[e] - closest) / sigma);
    }
  }

  /** Algorithm 5: stochastic descent on the cross entropy, each link as often as it weighs. */
  private static final class Sampler {
    private final Links links;
    private final Work work;
    private final float[] x;
    private final float[] y;

    Sampler(Links links, Work work, float[] x, float[] y) {
      this.links = links;
      this.work = work;
      this.x = x;
      this.y = y;
    }

    void run(int rounds, boolean gentle) {
      float largest = 0;
      for (float w : links.weight) {
        largest = Math.max(largest, w);
      }
      float[] due = new float[links.weight.length];
      for (int round = 0; round < rounds && work.goesOn(); round++) {
        float rate = (gentle ? 0.5f : 1) * (1 - round / (float) rounds);
        for (int i = 0; i < x.length; i++) {
          for (int e = links.start[i]; e < links.start[i + 1]; e++) {
            due[e] += links.weight[e] / largest;
            if (due[e] >= 1) {
              due[e] -= 1;
              attract(i, links.to[e], rate);
              for (int r = 0; r < REPULSIONS; r++) {
                repel(i, work.random.nextInt(x.length), rate);
              }
            }
          }
        }
      }
    }

    private void attract(int i, int j, float rate) {
      float dx = x[i] - x[j];
      float dy = y[i] - y[j];
      float square = dx * dx + dy * dy;
      if (square > 0) {
        float power = (float) Math.pow(square, B);
        float pull = -2 * A * B * power / (square * (A * power + 1));
        float stepX = rate * clip(pull * dx);
        float stepY = rate * clip(pull * dy);
        x[i] += stepX;
        y[i] += stepY;
        x[j] -= stepX;
        y[j] -= stepY;
      }
    }

    private void repel(int i, int j, float rate) {
      float dx = x[i] - x[j];
      float dy = y[i] - y[j];
      float square = dx * dx + dy * dy;
      if (square > 0) {
        float push = 2 * B / ((0.001f + square) * (A * (float) Math.pow(square, B) + 1));
        x[i] += rate * clip(push * dx);
        y[i] += rate * clip(push * dy);
      }
    }

    private static float clip(float v) {
      return Math.max(-STEEPEST, Math.min(STEEPEST, v));
    }
  }
}
