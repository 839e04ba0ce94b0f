package dev.alidade.analysis.layout.family;

import java.util.Arrays;

/**
 * Co-activation graph: a link where the distance is below the 7.5th percentile, each smaller
 * component joined to the largest by its shortest link, laid out by Fruchterman and Reingold,
 * "Graph Drawing by Force-directed Placement", Software: Practice and Experience 21, 1991: links
 * pull as d², units push as 1/d, and no step is longer than a temperature that falls to zero.
 *
 * <p>Above 2,048 units the percentile is that of 2^18 pairs, a unit keeps the 48 nearest of its
 * links, and repulsion is Barnes-Hut.
 */
final class GraphFamily extends Placement {
  private static final int EXACT = 2048;
  private static final double PERCENTILE = 0.075;
  private static final int MOST_LINKS = 48;
  private static final int PAIRS = 1 << 18;
  private static final float THETA = 0.8f;

  GraphFamily() {
    super("graph");
  }

  @Override
  void place(Vectors vectors, Start start, Work work, float[] x, float[] y) {
    int n = vectors.count;
    Edges edges = n <= EXACT ? all(vectors, work) : nearest(vectors, work);
    new Components(vectors, edges, work).join();
    float size = (float) Math.sqrt(n);
    start.place(vectors, work, size / 2, x, y);
    int steps = n <= EXACT ? 500 : 200;
    float hottest = start.isWarm() ? size / 40 : size / 10;
    Springs springs = new Springs(edges, x, y);
    for (int step = 0; step < steps && work.goesOn(); step++) {
      springs.step(hottest * (1 - step / (float) steps));
    }
  }

  /** Undirected, in no order. */
  private static final class Edges {
    int[] from = new int[1024];
    int[] to = new int[1024];
    int count;

    void add(int i, int j) {
      if (count == from.length) {
        from = Arrays.copyOf(from, 2 * count);
        to = Arrays.copyOf(to, 2 * count);
      }
      from[count] = i;
      to[count++] = j;
    }
  }

  private static Edges all(Vectors vectors, Work work) {
    int n = vectors.count;
    float[] flat = new float[n * (n - 1) / 2];
    float[] row = new float[n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      work.goesOn();
      vectors.distances(i, i + 1, n, row);
      System.arraycopy(row, 0, flat, at, n - i - 1);
      at += n - i - 1;
    }
    float limit = percentile(flat.clone());
    Edges edges = new Edges();
    at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        if (flat[at++] < limit) {
          edges.add(i, j);
        }
      }
    }
    return edges;
  }

  private static Edges nearest(Vectors vectors, Work work) {
    int n = vectors.count;
    float[] some = new float[PAIRS];
    for (int s = 0; s < PAIRS; s++) {
      if ((s & 1023) == 0) {
        work.goesOn();
      }
      int i = work.random.nextInt(n);
      some[s] = vectors.distance(i, (i + 1 + work.random.nextInt(n - 1)) % n);
    }
    float limit = percentile(some);
    Nearest nearest = Nearest.of(vectors, MOST_LINKS, work);
    Links links = Links.of(nearest, nearest.distance, Math::max);
    Edges edges = new Edges();
    for (int i = 0; i < n; i++) {
      for (int e = links.start[i]; e < links.start[i + 1]; e++) {
        if (links.to[e] > i && links.weight[e] < limit) {
          edges.add(i, links.to[e]);
        }
      }
    }
    return edges;
  }

  private static float percentile(float[] distances) {
    Arrays.sort(distances);
    return distances[(int) (PERCENTILE * (distances.length - 1))];
  }

  /** Union-find (Tarjan 1975) over the links. */
  private static final class Components {
    private final Vectors vectors;
    private final Edges edges;
    private final Work work;
    private final int[] parent;

    Components(Vectors vectors, Edges edges, Work work) {
      this.vectors = vectors;
      this.edges = edges;
      this.work = work;
      parent = new int[vectors.count];
      Arrays.setAll(parent, i -> i);
      for (int e = 0; e < edges.count; e++) {
        parent[root(edges.from[e])] = root(edges.to[e]);
      }
    }

    private int root(int i) {
      while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
      }
      return i;
    }

    void join() {
      int n = parent.length;
      int[] size = new int[n];
      int largest = 0;
      for (int i = 0; i < n; i++) {
        size[root(i)]++;
      }
      for (int i = 0; i < n; i++) {
        largest = size[i] > size[largest] ? i : largest;
      }
      int[] here = new int[n];
      int[] there = new int[n];
      float[] best = new float[n];
      Arrays.fill(best, Float.MAX_VALUE);
      float[] row = new float[n];
      for (int i = 0; i < n; i++) {
        int own = root(i);
        if (own != largest) {
          work.goesOn();
          vectors.distances(i, 0, n, row);
          for (int j = 0; j < n; j++) {
            if (row[j] < best[own] && root(j) == largest) {
              best[own] = row[j];
              here[own] = i;
              there[own] = j;
            }
          }
        }
      }
      for (int i = 0; i < n; i++) {
        if (best[i] < Float.MAX_VALUE) {
          edges.add(here[i], there[i]);
        }
      }
    }
  }

  private static final class Springs {
    private final int n;
    private final Edges edges;
    private final float[] x;
    private final float[] y;
    private final float[] fx;
    private final float[] fy;
    private final float[] weight;
    private final QuadTree tree;

    Springs(Edges edges, float[] x, float[] y) {
      n = x.length;
      this.edges = edges;
      this.x = x;
      this.y = y;
      fx = new float[n];
      fy = new float[n];
      weight = new float[n];
      tree = new QuadTree(n, x, y, THETA);
    }

    void step(float temperature) {
      Arrays.fill(fx, 0);
      Arrays.fill(fy, 0);
      if (n <= EXACT) {
        repel();
      } else {
        repelFromAfar();
      }
      for (int e = 0; e < edges.count; e++) {
        int i = edges.from[e];
        int j = edges.to[e];
        float dx = x[j] - x[i];
        float dy = y[j] - y[i];
        float d = (float) Math.sqrt(dx * dx + dy * dy);
        fx[i] += d * dx;
        fy[i] += d * dy;
        fx[j] -= d * dx;
        fy[j] -= d * dy;
      }
      for (int i = 0; i < n; i++) {
        float length = (float) Math.sqrt(fx[i] * fx[i] + fy[i] * fy[i]);
        float share = length > temperature ? temperature / length : 1;
        x[i] += share * fx[i];
        y[i] += share * fy[i];
      }
    }

    private void repel() {
      for (int i = 0; i < n; i++) {
        weigh(x[i], y[i]);
        push(x[i], x, fx);
        push(y[i], y, fy);
      }
    }

    private void weigh(float px, float py) {
      for (int j = 0; j < n; j++) {
        float dx = x[j] - px;
        float dy = y[j] - py;
        weight[j] = 1 / (1e-6f + dx * dx + dy * dy);
      }
    }

    private void push(float p, float[] at, float[] force) {
      for (int j = 0; j < n; j++) {
        force[j] += weight[j] * (at[j] - p);
      }
    }

    private void repelFromAfar() {
      tree.build();
      for (int i = 0; i < n; i++) {
        int m = tree.around(i);
        float sumX = 0;
        float sumY = 0;
        for (int e = 0; e < m; e++) {
          float w = tree.mass[e] / (1e-6f + tree.dx[e] * tree.dx[e] + tree.dy[e] * tree.dy[e]);
          sumX -= w * tree.dx[e];
          sumY -= w * tree.dy[e];
        }
        fx[i] = sumX;
        fy[i] = sumY;
      }
    }
  }
}
