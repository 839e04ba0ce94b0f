package dev.alidade.analysis.layout.family;

import java.util.Arrays;

/**
 * The particle swarm of Krug et al. (2023, §3.4): the force on a unit is the mean over the others
 * of ½ [g s(−u) + l s(u)] times the difference of positions, s(u) = (1 + tanh u)/2, u rising from
 * −3 to 6, where
 *
 * <ul>
 *   <li>g = 1.5 (1 − (d/d_max)³) − 0.5 exp(−d/2) of the distance d of the activities, and
 *   <li>l = 1.5/(r + 1)³ − 15 exp(−r/2) of the distance r on the map.
 * </ul>
 *
 * <p>Above 2,048 units g is taken over 256 units drawn by lot, and l by Barnes and Hut.
 */
final class Swarm {
  private static final int EXACT = 2048;
  private static final int LOT = 256;
  private static final float THETA = 0.8f;

  private final int n;
  private final float[] x;
  private final float[] y;
  private final float[] fx;
  private final float[] fy;
  private final float[] weight;
  private final QuadTree tree;

  Swarm(float[] x, float[] y) {
    n = x.length;
    this.x = x;
    this.y = y;
    fx = new float[n];
    fy = new float[n];
    weight = new float[n];
    tree = new QuadTree(n, x, y, THETA);
  }

  /** The similarity of all units to some; [members.length][n]. */
  static final class Company {
    private final int[] members;
    private final float[][] g;

    private Company(int[] members, float[][] g) {
      this.members = members;
      this.g = g;
    }
  }

  static Company company(Vectors vectors, Work work) {
    int n = vectors.count;
    int[] members = n <= EXACT ? new int[n] : new int[LOT];
    for (int m = 0; m < members.length; m++) {
      members[m] = n <= EXACT ? m : work.random.nextInt(n);
    }
    float[][] g = new float[members.length][n];
    float largest = 0;
    for (int m = 0; m < members.length; m++) {
      work.goesOn();
      vectors.distances(members[m], 0, n, g[m]);
      for (float d : g[m]) {
        largest = Math.max(largest, d);
      }
    }
    for (float[] row : g) {
      for (int i = 0; i < n; i++) {
        float share = largest > 0 ? row[i] / largest : 0;
        row[i] = 1.5f * (1 - share * share * share) - 0.5f * (float) Math.exp(-row[i] / 2);
      }
    }
    return new Company(members, g);
  }

  void clear() {
    Arrays.fill(fx, 0);
    Arrays.fill(fy, 0);
  }

  void global(Company company, float factor) {
    int[] members = company.members;
    float share = factor / (members.length == n ? Math.max(1, n - 1) : members.length);
    for (int m = 0; m < members.length; m++) {
      pull(share, company.g[m], x[members[m]], x, fx);
      pull(share, company.g[m], y[members[m]], y, fy);
    }
  }

  private static void pull(float share, float[] g, float p, float[] at, float[] force) {
    for (int j = 0; j < at.length; j++) {
      force[j] += share * g[j] * (p - at[j]);
    }
  }

  void local(float factor) {
    float share = factor / Math.max(1, n - 1);
    if (n <= EXACT) {
      for (int i = 0; i < n; i++) {
        weigh(n, x[i], y[i], x, y);
        pull(share, weight, x[i], x, fx);
        pull(share, weight, y[i], y, fy);
      }
      return;
    }
    tree.build();
    for (int i = 0; i < n; i++) {
      int m = tree.around(i);
      for (int e = 0; e < m; e++) {
        float square = tree.dx[e] * tree.dx[e] + tree.dy[e] * tree.dy[e];
        float w = share * tree.mass[e] * law(square);
        fx[i] += w * tree.dx[e];
        fy[i] += w * tree.dy[e];
      }
    }
  }

  private void weigh(int m, float px, float py, float[] atX, float[] atY) {
    for (int j = 0; j < m; j++) {
      float dx = atX[j] - px;
      float dy = atY[j] - py;
      weight[j] = law(dx * dx + dy * dy);
    }
  }

  /** l, the exponential as (1 − z/1024)^1024, which vectorises: 1 % too small where it is 1/150. */
  static float law(float square) {
    float r = (float) Math.sqrt(square);
    float near = 1 / (r + 1);
    float e = Math.max(0, 1 - r * (1 / 2048f));
    e *= e;
    e *= e;
    e *= e;
    e *= e;
    e *= e;
    e *= e;
    e *= e;
    e *= e;
    e *= e;
    e *= e;
    return 1.5f * near * near * near - 15 * e;
  }

  void move() {
    for (int i = 0; i < n; i++) {
      x[i] += fx[i];
      y[i] += fy[i];
    }
  }
}
