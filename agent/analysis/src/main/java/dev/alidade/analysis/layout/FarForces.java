package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * The gradient of the t-SNE objective in the plane with the repulsion of far units taken cell by
 * cell, after Barnes and Hut (1986) and van der Maaten (2014): O(n log n) a step.
 *
 * <p>The plane is cut into a pyramid of grids, each cell known by its mass and centre. A unit feels
 * the units of its own and the eight adjacent cells of the finest grid one by one, and of each
 * coarser grid those cells that lie beside its parent's neighbourhood: at least one cell away. All
 * units of a cell share one list of sources. The outermost cells take what lies beyond the grid.
 */
final class FarForces extends Forces {
  private static final int PER_CELL = 10;
  private static final int MOST_LEVELS = 8;
  private static final float REACH = 3;

  /** Units of one cell that are felt one by one; of more, evenly strided ones stand for all. */
  private static final int MOST_NEAR = 160;

  private static final int MOST_SOURCES = 9 * MOST_NEAR + 27 * MOST_LEVELS;

  private final float[][] mass = new float[MOST_LEVELS][];
  private final float[][] centreX = new float[MOST_LEVELS][];
  private final float[][] centreY = new float[MOST_LEVELS][];
  private final int[] cell;
  private final int[] order;
  private final int[] end;
  private final float[][] sources = new float[3][MOST_SOURCES + PAD];
  private final float[][] scratch = new float[3][MOST_SOURCES + PAD];
  private final float[] felt = new float[3];
  private final int levels;
  private int count;

  FarForces(int units, Edges edges, Kernels kernels) {
    super(units, edges, kernels);
    int finest = 2;
    while (finest < MOST_LEVELS - 1 && (PER_CELL << (2 * finest)) < units) {
      finest++;
    }
    levels = finest + 1;
    for (int l = 0; l < levels; l++) {
      mass[l] = new float[1 << (2 * l)];
      centreX[l] = new float[1 << (2 * l)];
      centreY[l] = new float[1 << (2 * l)];
    }
    cell = new int[units];
    order = new int[units];
    end = new int[(1 << (2 * finest)) + 1];
  }

  @Override
  void compute(int n, float exaggeration) {
    sort(n);
    raise(n);
    double sum = 0;
    int side = 1 << (levels - 1);
    for (int c = 0; c < side * side; c++) {
      if (end[c] < end[c + 1]) {
        gather(c % side, c / side);
        for (int e = end[c]; e < end[c + 1]; e++) {
          int s = order[e];
          kernels.field(count, sources, x[s], y[s], scratch, felt);
          fx[s] = felt[0];
          fy[s] = felt[1];
          sum += felt[2];
        }
      }
    }
    total = Math.max(sum - n, 1e-9);
    float push = (float) (-4.0 * n / total);
    for (int s = 0; s < n; s++) {
      fx[s] *= push;
      fy[s] *= push;
      fz[s] = 0;
    }
    attract(n, 4 * exaggeration);
  }

  /** Counting sort of the first n slots by cells of the finest grid. */
  private void sort(int n) {
    double sumX = 0;
    double sumY = 0;
    double square = 0;
    for (int s = 0; s < n; s++) {
      sumX += x[s];
      sumY += y[s];
      square += (double) x[s] * x[s] + (double) y[s] * y[s];
    }
    double variance = (square - (sumX * sumX + sumY * sumY) / n) / n;
    float radius = REACH * (float) Math.sqrt(Math.max(variance / 2, 1e-12));
    int side = 1 << (levels - 1);
    float scale = side / (2 * radius);
    float left = (float) (sumX / n) - radius;
    float top = (float) (sumY / n) - radius;
    Arrays.fill(end, 0);
    for (int s = 0; s < n; s++) {
      int column = Math.max(0, Math.min(side - 1, (int) ((x[s] - left) * scale)));
      int row = Math.max(0, Math.min(side - 1, (int) ((y[s] - top) * scale)));
      cell[s] = row * side + column;
      end[cell[s] + 1]++;
    }
    for (int c = 0; c < side * side; c++) {
      end[c + 1] += end[c];
    }
    for (int s = n - 1; s >= 0; s--) {
      order[--end[cell[s] + 1]] = s;
    }
    // Each end now holds the beginning of its cell: one place on, it is what was meant.
    System.arraycopy(end, 1, end, 0, side * side);
    end[side * side] = n;
  }

  /** Masses and centres of the finest cells, and from them of the coarser ones. */
  private void raise(int n) {
    for (int l = 0; l < levels; l++) {
      Arrays.fill(mass[l], 0);
      Arrays.fill(centreX[l], 0);
      Arrays.fill(centreY[l], 0);
    }
    int finest = levels - 1;
    for (int s = 0; s < n; s++) {
      mass[finest][cell[s]]++;
      centreX[finest][cell[s]] += x[s];
      centreY[finest][cell[s]] += y[s];
    }
    for (int l = finest; l > 0; l--) {
      int side = 1 << l;
      for (int c = 0; c < side * side; c++) {
        int parent = ((c / side) >> 1) * (side >> 1) + ((c % side) >> 1);
        mass[l - 1][parent] += mass[l][c];
        centreX[l - 1][parent] += centreX[l][c];
        centreY[l - 1][parent] += centreY[l][c];
      }
    }
    for (int l = 0; l < levels; l++) {
      for (int c = 0; c < mass[l].length; c++) {
        float share = mass[l][c] > 0 ? 1 / mass[l][c] : 0;
        centreX[l][c] *= share;
        centreY[l][c] *= share;
      }
    }
  }

  /** Lists what the units of a finest cell feel. */
  private void gather(int column, int row) {
    count = 0;
    int finest = levels - 1;
    for (int l = 2; l <= finest; l++) {
      far(l, column >> (finest - l), row >> (finest - l));
    }
    int side = 1 << finest;
    for (int r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++) {
        near(r * side + c);
      }
    }
  }

  private void far(int l, int column, int row) {
    int side = 1 << l;
    int fromRow = Math.max(0, ((row >> 1) - 1) << 1);
    int toRow = Math.min(side - 1, (((row >> 1) + 1) << 1) + 1);
    int fromColumn = Math.max(0, ((column >> 1) - 1) << 1);
    int toColumn = Math.min(side - 1, (((column >> 1) + 1) << 1) + 1);
    for (int r = fromRow; r <= toRow; r++) {
      for (int c = fromColumn; c <= toColumn; c++) {
        boolean adjacent = Math.abs(r - row) <= 1 && Math.abs(c - column) <= 1;
        if (!adjacent && mass[l][r * side + c] > 0) {
          add(centreX[l][r * side + c], centreY[l][r * side + c], mass[l][r * side + c]);
        }
      }
    }
  }

  private void near(int c) {
    int stride = (end[c + 1] - end[c] + MOST_NEAR - 1) / MOST_NEAR;
    for (int e = end[c]; e < end[c + 1]; e += stride) {
      add(x[order[e]], y[order[e]], Math.min(stride, end[c + 1] - e));
    }
  }

  private void add(float px, float py, float weight) {
    sources[0][count] = px;
    sources[1][count] = py;
    sources[2][count++] = weight;
  }
}
