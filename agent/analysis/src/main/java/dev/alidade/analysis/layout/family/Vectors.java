package dev.alidade.analysis.layout.family;

/**
 * The units that take part, as vectors made ready for a distance: of length 1 for the cosine, also
 * centred for the correlation, as they are for Euclid. Held observation by observation, so that the
 * distances from one unit to all others are sums of rows, which HotSpot vectorises.
 */
final class Vectors {
  private static final double MOST_WORK = 1e11;
  private static final int FEWEST_ROWS = 64;
  private static final float RELATIVE = 1e-6f;

  final int count;
  final int dimensions;

  /** Index among all units of each that takes part. */
  final int[] live;

  final float[][] x;
  private final float[] square;
  private final Distance distance;

  private Vectors(int[] live, float[][] x, Distance distance) {
    this.live = live;
    this.x = x;
    this.distance = distance;
    count = live.length;
    dimensions = x.length;
    square = new float[count];
    for (float[] row : x) {
      for (int i = 0; i < count; i++) {
        square[i] += row[i] * row[i];
      }
    }
  }

  /** Units without variance are left out; of very many rows, evenly strided ones are read. */
  static Vectors of(Activity activity, Distance distance) {
    int[] live = live(activity);
    int n = live.length;
    int most =
        (int) Math.max(FEWEST_ROWS, Math.min(1 << 20, MOST_WORK / Math.max(1.0, (double) n * n)));
    int rows = Math.min(most, activity.rows());
    float[][] x = new float[rows][n];
    for (int r = 0; r < rows; r++) {
      int from = (int) ((long) r * activity.rows() / rows);
      for (int i = 0; i < n; i++) {
        x[r][i] = activity.value(from, live[i]);
      }
    }
    if (distance == Distance.CORRELATION) {
      shift(x, n);
    }
    if (distance != Distance.EUCLIDEAN) {
      normalise(x, n);
    }
    return new Vectors(live, x, distance);
  }

  private static int[] live(Activity activity) {
    int[] live = new int[activity.units()];
    int n = 0;
    for (int u = 0; u < live.length; u++) {
      float least = activity.value(0, u);
      float largest = least;
      for (int r = 1; r < activity.rows(); r++) {
        least = Math.min(least, activity.value(r, u));
        largest = Math.max(largest, activity.value(r, u));
      }
      if (largest - least > RELATIVE * Math.max(Math.abs(least), Math.abs(largest))) {
        live[n++] = u;
      }
    }
    return java.util.Arrays.copyOf(live, n);
  }

  private static void shift(float[][] x, int n) {
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (float[] row : x) {
        sum += row[i];
      }
      float mean = (float) (sum / x.length);
      for (float[] row : x) {
        row[i] -= mean;
      }
    }
  }

  private static void normalise(float[][] x, int n) {
    for (int i = 0; i < n; i++) {
      double largest = 0;
      for (float[] row : x) {
        largest = Math.max(largest, Math.abs(row[i]));
      }
      double sum = 0;
      for (float[] row : x) {
        double part = row[i] / Math.max(largest, Float.MIN_NORMAL);
        sum += part * part;
      }
      double length = largest * Math.sqrt(sum);
      for (float[] row : x) {
        row[i] = length > 0 ? (float) (row[i] / length) : 0;
      }
    }
  }

  /** Distances of unit i to the units from, …, to − 1, into out[0], …. */
  void distances(int i, int from, int to, float[] out) {
    java.util.Arrays.fill(out, 0, to - from, 0);
    for (int r = 0; r < dimensions; r++) {
      float a = x[r][i];
      if (a != 0) {
        add(a, x[r], from, to - from, out);
      }
    }
    if (distance == Distance.EUCLIDEAN) {
      for (int j = 0; j < to - from; j++) {
        out[j] = (float) Math.sqrt(Math.max(0, square[i] + square[from + j] - 2 * out[j]));
      }
    } else {
      for (int j = 0; j < to - from; j++) {
        out[j] = Math.max(0, 1 - out[j]);
      }
    }
  }

  private static void add(float a, float[] row, int from, int n, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] += a * row[from + j];
    }
  }

  float distance(int i, int j) {
    double dot = 0;
    for (float[] row : x) {
      dot += row[i] * row[j];
    }
    return (float)
        (distance == Distance.EUCLIDEAN
            ? Math.sqrt(Math.max(0, square[i] + square[j] - 2 * dot))
            : Math.max(0, 1 - dot));
  }
}
