package dev.alidade.analysis.layout.family;

/**
 * Far points taken together (Barnes and Hut 1986): for one point, the list of what acts on it, a
 * cell standing for its points when it looks smaller than {@code theta}. The caller runs its own
 * law of force over the list, in loops that vectorise.
 */
final class QuadTree {
  private static final int BUCKET = 8;
  private static final int DEEPEST = 40;

  private final int n;
  private final float[] x;
  private final float[] y;
  private final float squareTheta;
  private final int[] order;
  private final int[] swap;
  private int nodes;
  private int[] first = new int[64];
  private int[] last = new int[64];
  private int[] child = new int[64];
  private float[] centreX = new float[64];
  private float[] centreY = new float[64];
  private float[] squareSide = new float[64];
  private final int[] stack = new int[8 * DEEPEST];

  /** What acts: how far it lies from the point, and of how many points it is made. */
  float[] dx = new float[1024];

  float[] dy = new float[1024];
  float[] mass = new float[1024];

  QuadTree(int n, float[] x, float[] y, float theta) {
    this.n = n;
    this.x = x;
    this.y = y;
    squareTheta = theta * theta;
    order = new int[n];
    swap = new int[n];
  }

  /** Sorts the points as they lie now. */
  void build() {
    float least = Float.MAX_VALUE;
    float largest = -Float.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      order[i] = i;
      least = Math.min(least, Math.min(x[i], y[i]));
      largest = Math.max(largest, Math.max(x[i], y[i]));
    }
    nodes = 1;
    split(0, 0, n, least, least, largest - least, 0);
  }

  private void split(int node, int from, int to, float left, float low, float side, int depth) {
    double sumX = 0;
    double sumY = 0;
    for (int e = from; e < to; e++) {
      sumX += x[order[e]];
      sumY += y[order[e]];
    }
    centreX[node] = (float) (sumX / (to - from));
    centreY[node] = (float) (sumY / (to - from));
    squareSide[node] = side * side;
    first[node] = from;
    last[node] = to;
    child[node] = -1;
    if (to - from <= BUCKET || depth == DEEPEST) {
      return;
    }
    float half = side / 2;
    int[] ends = partition(from, to, left + half, low + half);
    int children = nodes;
    nodes += 4;
    grow();
    child[node] = children;
    int start = from;
    for (int q = 0; q < 4; q++) {
      if (ends[q] > start) {
        float l = left + (q & 1) * half;
        split(children + q, start, ends[q], l, low + (q >> 1) * half, half, depth + 1);
      } else {
        first[children + q] = start;
        last[children + q] = start;
        child[children + q] = -1;
      }
      start = ends[q];
    }
  }

  private int[] partition(int from, int to, float middleX, float middleY) {
    int[] ends = new int[4];
    for (int e = from; e < to; e++) {
      ends[quadrant(order[e], middleX, middleY)]++;
    }
    int[] at = new int[4];
    int start = from;
    for (int q = 0; q < 4; q++) {
      at[q] = start;
      start += ends[q];
      ends[q] = start;
    }
    for (int e = from; e < to; e++) {
      swap[at[quadrant(order[e], middleX, middleY)]++] = order[e];
    }
    System.arraycopy(swap, from, order, from, to - from);
    return ends;
  }

  private int quadrant(int i, float middleX, float middleY) {
    return (x[i] >= middleX ? 1 : 0) + (y[i] >= middleY ? 2 : 0);
  }

  private void grow() {
    if (nodes > first.length) {
      int size = 2 * nodes;
      first = java.util.Arrays.copyOf(first, size);
      last = java.util.Arrays.copyOf(last, size);
      child = java.util.Arrays.copyOf(child, size);
      centreX = java.util.Arrays.copyOf(centreX, size);
      centreY = java.util.Arrays.copyOf(centreY, size);
      squareSide = java.util.Arrays.copyOf(squareSide, size);
    }
  }

  /** Lists what acts on point i; how much there is. */
  int around(int i) {
    int m = 0;
    int depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
      int node = stack[--depth];
      float ax = centreX[node] - x[i];
      float ay = centreY[node] - y[i];
      if (last[node] > first[node] && squareSide[node] < squareTheta * (ax * ax + ay * ay)) {
        m = add(m, ax, ay, last[node] - first[node]);
      } else if (child[node] >= 0) {
        for (int q = 0; q < 4; q++) {
          stack[depth++] = child[node] + q;
        }
      } else {
        for (int e = first[node]; e < last[node]; e++) {
          int j = order[e];
          if (j != i) {
            m = add(m, x[j] - x[i], y[j] - y[i], 1);
          }
        }
      }
    }
    return m;
  }

  private int add(int m, float ax, float ay, int points) {
    if (m == dx.length) {
      dx = java.util.Arrays.copyOf(dx, 2 * m);
      dy = java.util.Arrays.copyOf(dy, 2 * m);
      mass = java.util.Arrays.copyOf(mass, 2 * m);
    }
    dx[m] = ax;
    dy[m] = ay;
    mass[m] = points;
    return m + 1;
  }
}
