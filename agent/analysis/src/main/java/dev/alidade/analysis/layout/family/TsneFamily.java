package dev.alidade.analysis.layout.family;

import java.util.Arrays;

/**
 * t-SNE (van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 9, 2008): perplexity 30,
 * the principal plane as start, exaggeration 12 for the first quarter; neither from an earlier map.
 * Affinities are of squared distances, equation 1, over the 91 nearest (van der Maaten,
 * "Accelerating t-SNE using Tree-Based Algorithms", JMLR 15, 2014, equation 6); repulsion is exact
 * up to 2,048 units and Barnes-Hut above. Learning rate after Belkina et al. 2019. Above 4,096
 * units there are fewer steps, 400 at 16,384.
 */
final class TsneFamily extends Placement {
  private static final int EXACT = 2048;
  private static final float PERPLEXITY = 30;
  private static final float EXAGGERATION = 12;
  private static final float THETA = 0.5f;
  private static final int STEPS = 1000;

  TsneFamily() {
    super("tsne");
  }

  @Override
  void place(Vectors vectors, Start start, Work work, float[] x, float[] y) {
    int n = vectors.count;
    Links links = affinities(vectors, work);
    // A map's radius at rest is near 0.6 √n: from there an earlier map need not unfold again.
    start.place(vectors, work, start.isWarm() ? 0.6f * (float) Math.sqrt(n) : 1e-4f, x, y);
    Repulsion repulsion = new Repulsion(n, x, y);
    float[] gx = new float[n];
    float[] gy = new float[n];
    Descent alongX = new Descent(n);
    Descent alongY = new Descent(n);
    float rate = Math.max(n / EXAGGERATION / 4, 50);
    int steps = Math.min(STEPS, Math.max(400, 4_000_000 / n));
    int early = start.isWarm() ? 0 : steps / 4;
    for (int step = 0; step < steps && work.goesOn(); step++) {
      boolean young = step < early;
      repulsion.add(gx, gy);
      attract(links, young ? EXAGGERATION : 1, x, y, gx, gy);
      float momentum = young ? 0.5f : 0.8f;
      alongX.step(x, gx, rate, momentum);
      alongY.step(y, gy, rate, momentum);
    }
  }

  /** Gradient descent with momentum and a gain for each coordinate (Jacobs 1988), as in §3.4. */
  private static final class Descent {
    private final float[] velocity;
    private final float[] gain;

    Descent(int n) {
      velocity = new float[n];
      gain = new float[n];
      Arrays.fill(gain, 1);
    }

    void step(float[] at, float[] gradient, float rate, float momentum) {
      for (int i = 0; i < at.length; i++) {
        boolean turns = velocity[i] * gradient[i] < 0;
        gain[i] = Math.max(0.01f, turns ? gain[i] + 0.2f : gain[i] * 0.8f);
        velocity[i] = momentum * velocity[i] - rate * gain[i] * gradient[i];
        at[i] += velocity[i];
      }
    }
  }

  /** 4 Σ p_ij w_ij (y_i − y_j), the first half of equation 5. */
  private static void attract(
      Links links, float factor, float[] x, float[] y, float[] gx, float[] gy) {
    for (int i = 0; i < x.length; i++) {
      float sumX = 0;
      float sumY = 0;
      for (int e = links.start[i]; e < links.start[i + 1]; e++) {
        float dx = x[i] - x[links.to[e]];
        float dy = y[i] - y[links.to[e]];
        float pull = links.weight[e] / (1 + dx * dx + dy * dy);
        sumX += pull * dx;
        sumY += pull * dy;
      }
      gx[i] += 4 * factor * sumX;
      gy[i] += 4 * factor * sumY;
    }
  }

  /** The second half of equation 5: −4/Z Σ w² (y_i − y_j). */
  private static final class Repulsion {
    private final int n;
    private final float[] x;
    private final float[] y;
    private final float[] weight;
    private final float[] sum;
    private final QuadTree tree;

    Repulsion(int n, float[] x, float[] y) {
      this.n = n;
      this.x = x;
      this.y = y;
      weight = new float[n];
      sum = new float[n];
      tree = new QuadTree(n, x, y, THETA);
    }

    void add(float[] gx, float[] gy) {
      Arrays.fill(gx, 0);
      Arrays.fill(gy, 0);
      double z = n <= EXACT ? exact(gx, gy) : approximate(gx, gy);
      float scale = (float) (4 / Math.max(z, 1e-12));
      for (int i = 0; i < n; i++) {
        gx[i] *= scale;
        gy[i] *= scale;
      }
    }

    private double exact(float[] gx, float[] gy) {
      Arrays.fill(sum, 0);
      for (int i = 0; i < n; i++) {
        weigh(x[i], y[i]);
        push(x[i], x, gx);
        push(y[i], y, gy);
      }
      double z = -n;
      for (float s : sum) {
        z += s;
      }
      return z;
    }

    private void weigh(float px, float py) {
      for (int j = 0; j < n; j++) {
        float dx = x[j] - px;
        float dy = y[j] - py;
        float w = 1 / (1 + dx * dx + dy * dy);
        sum[j] += w;
        weight[j] = w * w;
      }
    }

    private void push(float p, float[] at, float[] gradient) {
      for (int j = 0; j < n; j++) {
        gradient[j] -= weight[j] * (at[j] - p);
      }
    }

    private double approximate(float[] gx, float[] gy) {
      tree.build();
      double z = 0;
      for (int i = 0; i < n; i++) {
        int m = tree.around(i);
        float own = 0;
        float px = 0;
        float py = 0;
        for (int e = 0; e < m; e++) {
          float dx = tree.dx[e];
          float dy = tree.dy[e];
          float w = 1 / (1 + dx * dx + dy * dy);
          float all = tree.mass[e] * w;
          own += all;
          px += all * w * dx;
          py += all * w * dy;
        }
        z += own;
        gx[i] = px;
        gy[i] = py;
      }
      return z;
    }
  }

  private static Links affinities(Vectors vectors, Work work) {
    int n = vectors.count;
    float perplexity = Math.min(PERPLEXITY, (n - 1) / 3f);
    Nearest nearest = Nearest.of(vectors, (int) (3 * perplexity) + 1, work);
    int k = nearest.k;
    float[] p = new float[n * k];
    for (int i = 0; i < n; i++) {
      calibrate(nearest.distance, i * k, k, Math.log(perplexity), p);
    }
    return Links.of(nearest, p, (there, back) -> (there + back) / (2 * n));
  }

  /** p_j|i of equation 1 with the precision that gives the wanted entropy. */
  private static void calibrate(float[] distance, int at, int k, double entropy, float[] p) {
    double least = (double) distance[at] * distance[at];
    double scale = 0;
    for (int e = at; e < at + k; e++) {
      scale += ((double) distance[e] * distance[e] - least) / k;
    }
    double beta = scale > 0 ? 1 / scale : 0;
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double sum = 1;
    for (int round = 0; round < 64; round++) {
      sum = 0;
      double weighted = 0;
      for (int e = at; e < at + k; e++) {
        double d = (double) distance[e] * distance[e] - least;
        double w = Math.exp(-beta * d);
        p[e] = (float) w;
        sum += w;
        weighted += w * d;
      }
      double found = Math.log(sum) + beta * weighted / sum;
      if (scale <= 0 || Math.abs(found - entropy) < 1e-5) {
        break;
      }
      if (found > entropy) {
        low = beta;
        beta = Double.isInfinite(high) ? 2 * beta : (low + high) / 2;
      } else {
        high = beta;
        beta = (low + high) / 2;
      }
    }
    for (int e = at; e < at + k; e++) {
      p[e] /= (float) sum;
    }
  }
}
