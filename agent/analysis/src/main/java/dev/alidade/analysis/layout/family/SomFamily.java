package dev.alidade.analysis.layout.family;

/**
 * Self-organising map (Kohonen, "Self-organized formation of topologically correct feature maps",
 * Biological Cybernetics 43, 1982): a square grid of side ⌊√n⌋ + 1, Gaussian neighbourhood of width
 * 1, learning rate 0.5, both decaying as 1 / (1 + 2t/T), 10 n updates. It begins with the grid laid
 * over the start, each cell at the unit nearest to it. Units that share a cell are spread on a
 * circle of a fifth of a cell.
 *
 * <p>Above 2,048 units their 32 leading principal components stand for the observations.
 */
final class SomFamily extends Placement {
  private static final int EXACT = 2048;
  private static final int COMPONENTS = 32;
  private static final float RATE = 0.5f;
  private static final float WARM_RATE = 0.1f;
  private static final float WIDTH = 1;
  private static final float CIRCLE = 0.2f;
  private static final int UPDATES = 10;

  SomFamily() {
    super("som");
  }

  @Override
  void place(Vectors vectors, Start start, Work work, float[] x, float[] y) {
    int n = vectors.count;
    float[][] data = n <= EXACT ? vectors.x : Principal.scores(vectors, COMPONENTS, work);
    start.place(vectors, work, 1, x, y);
    Grid grid = new Grid((int) Math.sqrt(n) + 1, data);
    grid.lay(x, y);
    float[] point = new float[data.length];
    int updates = UPDATES * n;
    float rate = start.isWarm() ? WARM_RATE : RATE;
    for (int t = 0; t < updates && ((t & 63) != 0 || work.goesOn()); t++) {
      int unit = work.random.nextInt(n);
      for (int r = 0; r < data.length; r++) {
        point[r] = data[r][unit];
      }
      float decay = 1 / (1 + 2f * t / updates);
      grid.learn(point, rate * decay, WIDTH * decay);
    }
    grid.seat(x, y);
  }

  /** Prototypes, [dimensions][cells]. */
  private static final class Grid {
    private final int side;
    private final int cells;
    private final float[][] data;
    private final float[][] w;
    private final float[] square;
    private final float[] score;

    Grid(int side, float[][] data) {
      this.side = side;
      this.data = data;
      cells = side * side;
      w = new float[data.length][cells];
      square = new float[cells];
      score = new float[cells];
    }

    /** Each cell takes the unit nearest to it, the grid covering twice the RMS radius. */
    void lay(float[] x, float[] y) {
      for (int c = 0; c < cells; c++) {
        float cx = 4f * (c % side) / Math.max(1, side - 1) - 2;
        int line = c / side;
        float cy = 4f * line / Math.max(1, side - 1) - 2;
        int nearest = 0;
        float best = Float.MAX_VALUE;
        for (int i = 0; i < x.length; i++) {
          float d = (x[i] - cx) * (x[i] - cx) + (y[i] - cy) * (y[i] - cy);
          if (d < best) {
            best = d;
            nearest = i;
          }
        }
        for (int r = 0; r < data.length; r++) {
          w[r][c] = data[r][nearest];
        }
        measure(c);
      }
    }

    private void measure(int c) {
      double sum = 0;
      for (float[] row : w) {
        sum += row[c] * row[c];
      }
      square[c] = (float) sum;
    }

    void learn(float[] point, float rate, float width) {
      int best = winner(point);
      int reach = (int) Math.ceil(3 * width);
      int column = best % side;
      int line = best / side;
      for (int v = Math.max(0, line - reach); v <= Math.min(side - 1, line + reach); v++) {
        for (int u = Math.max(0, column - reach); u <= Math.min(side - 1, column + reach); u++) {
          int away = (u - column) * (u - column) + (v - line) * (v - line);
          float share = rate * (float) Math.exp(-away / (2 * width * width));
          int c = v * side + u;
          for (int r = 0; r < point.length; r++) {
            w[r][c] += share * (point[r] - w[r][c]);
          }
          measure(c);
        }
      }
    }

    private int winner(float[] point) {
      System.arraycopy(square, 0, score, 0, cells);
      for (int r = 0; r < point.length; r++) {
        if (point[r] != 0) {
          subtract(2 * point[r], w[r], score);
        }
      }
      int best = 0;
      for (int c = 1; c < cells; c++) {
        best = score[c] < score[best] ? c : best;
      }
      return best;
    }

    private static void subtract(float a, float[] row, float[] out) {
      for (int c = 0; c < out.length; c++) {
        out[c] -= a * row[c];
      }
    }

    /** Puts every unit into the cell that is most like it. */
    void seat(float[] x, float[] y) {
      int[] cell = new int[x.length];
      int[] guests = new int[cells];
      float[] point = new float[data.length];
      for (int i = 0; i < cell.length; i++) {
        for (int r = 0; r < point.length; r++) {
          point[r] = data[r][i];
        }
        cell[i] = winner(point);
        guests[cell[i]]++;
      }
      int[] seated = new int[cells];
      for (int i = 0; i < cell.length; i++) {
        int c = cell[i];
        double angle = 2 * Math.PI * seated[c]++ / guests[c];
        float radius = guests[c] > 1 ? CIRCLE : 0;
        x[i] = c % side + radius * (float) Math.cos(angle);
        int line = c / side;
        y[i] = line + radius * (float) Math.sin(angle);
      }
    }
  }
}
