package dev.alidade.analysis.layout;

import java.util.Arrays;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The inner loops of the live layout: what takes the time, and what is worth writing twice.
 *
 * <p>{@link #best()} takes the implementation of the module alidade-vector where the JVM was
 * started with {@code --add-modules jdk.incubator.vector} and it computes what the plain one does;
 * else the plain one, which HotSpot vectorises in part. No state: safe from any thread.
 */
public interface Kernels {
  /** What it is, for people: "plain", or "vector, 16 lanes". */
  String name();

  /**
   * Values computed at once, as {@link #interact} wants its affinities laid out; 1 if it cannot.
   */
  int lanes();

  /**
   * Adds rows onto one: target_j ← keep · target_j + Σ_e factor_e · rows[pick_e]_j, from {@code
   * from} on, over the first {@code count} picks; {@code pick} and {@code factor} have room for
   * three more.
   */
  void accumulate(
      float[] target, int from, float keep, float[][] rows, int[] pick, float[] factor, int count);

  /**
   * Student-t repulsion between all pairs of the first n points: w_ij = 1 / (1 + d_ij²), summed
   * into sums[3], and w_ij² (y_i − y_j), into sums[0..2]. The arrays have room for 16 points more,
   * and sums[4..7] are overwritten.
   */
  void repel(int n, float[][] points, float[][] sums);

  /**
   * As {@link #repel}, and also Σ_j p_ij w_ij (y_i − y_j) into sums[4..6]; the affinity of i to j
   * is at ((i / lanes) · n + j) · lanes + i mod lanes. Only where {@link #lanes} is above 1.
   */
  void interact(int n, float[][] points, float[] affinity, float[][] sums);

  /** Σ_j 1 / (1 + |y_j − (x, y, z)|²) over the first n points; {@code scratch} has room for n. */
  float weights(int n, float[][] points, float x, float y, float z, float[] scratch);

  /**
   * What n sources (x, y and mass) do to a place in the plane: Σ m w² (x − x_j), the same of y, and
   * Σ m w, w = 1 / (1 + d²), into {@code felt}. {@code scratch} is as large as the sources, which
   * have room for 16 more.
   */
  void field(int n, float[][] sources, float x, float y, float[][] scratch, float[] felt);

  /** Σ a_(from + k) b_(at + k) over n values. */
  float dot(float[] a, int from, float[] b, int at, int n);

  /** Σ_j weight_j log(1 + |y_j − (x, y, z)|²) over the first n points, to 2e-4. */
  float logarithms(int n, float[][] points, float[] weight, float x, float y, float z);

  /**
   * Index of the first value below {@code limit} at or after {@code from}; n when there is none.
   */
  int next(float[] values, int from, int n, float limit);

  /**
   * Weights exp(−beta · s_e) of the first n, to 3e-4 of each, and into {@code moments} their sum,
   * and those of weight · s and weight · s².
   */
  void weigh(float[] s, int n, float beta, float[] weight, float[] moments);

  /** The plain loops. */
  static Kernels plain() {
    return PlainKernels.INSTANCE;
  }

  /** The fastest that this JVM runs and that agrees with the plain one; looked for once. */
  static Kernels best() {
    return Found.BEST;
  }

  /** Looks for the best one when it is first asked for. */
  final class Found {
    private static final String MODULE = "jdk.incubator.vector";
    private static final System.Logger LOG = System.getLogger(Kernels.class.getName());
    private static final Kernels BEST = said(find());

    private Found() {}

    private static Kernels said(Kernels kernels) {
      LOG.log(System.Logger.Level.INFO, "layout kernels: {0}", kernels.name());
      return kernels;
    }

    private static Kernels find() {
      // Without the module its classes cannot be linked, and nobody needs to hear of it.
      if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
        return plain();
      }
      try {
        for (Kernels kernels : ServiceLoader.load(Kernels.class, Kernels.class.getClassLoader())) {
          if (agrees(kernels)) {
            return kernels;
          }
          LOG.log(
              System.Logger.Level.WARNING,
              "layout kernels {0} miscount: plain ones are used",
              kernels.name());
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the Vector API of this JVM is not the one known: plain kernels are used",
            e);
      }
      return plain();
    }

    /** A JVM's other version of the incubating module must not draw other maps. */
    static boolean agrees(Kernels kernels) {
      int n = 37;
      float[][] points = new float[3][n + 16];
      for (float[] axis : points) {
        for (int i = 0; i < n; i++) {
          axis[i] = 3 * Start.hash(i, Arrays.asList(points).indexOf(axis) + 1);
        }
      }
      float[][] one = new float[8][n + 16];
      float[][] other = new float[8][n + 16];
      plain().repel(n, points, one);
      kernels.repel(n, points, other);
      boolean same = true;
      for (int k = 0; k < 4; k++) {
        for (int i = 0; i < n; i++) {
          same &= Math.abs(one[k][i] - other[k][i]) <= 1e-3f * (1 + Math.abs(one[k][i]));
        }
      }
      float sum = plain().weights(n, points, 0, 1, 0, one[4]);
      return same && Math.abs(kernels.weights(n, points, 0, 1, 0, one[4]) - sum) <= 1e-3f * sum;
    }
  }
}
