package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * The kernels in plain Java, in the short loops that HotSpot (17) vectorises: it unrolls a body of
 * up to 60 nodes and vectorises only what it unrolls, and no sums of floats.
 */
final class PlainKernels implements Kernels {
  static final Kernels INSTANCE = new PlainKernels();

  private static final float PHANTOM = 1e5f;

  private PlainKernels() {}

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int lanes() {
    return 1;
  }

  /**
   * Four rows at a time. With eight the loop is too long for HotSpot's unrolling limit and runs
   * seven times slower.
   */
  @Override
  public void accumulate(
      float[] target, int from, float keep, float[][] x, int[] pick, float[] a, int count) {
    for (int e = count; e < count + 3; e++) {
      pick[e] = 0;
      a[e] = 0;
    }
    float factor = keep;
    for (int e = 0; e < count; e += 4) {
      float[] x0 = x[pick[e]];
      float[] x1 = x[pick[e + 1]];
      float[] x2 = x[pick[e + 2]];
      float[] x3 = x[pick[e + 3]];
      add(target, from, factor, a[e], x0, a[e + 1], x1, a[e + 2], x2, a[e + 3], x3);
      factor = 1;
    }
    for (int j = from; count == 0 && j < target.length; j++) {
      target[j] *= keep;
    }
  }

  private static void add(
      float[] row,
      int from,
      float keep,
      float a0,
      float[] x0,
      float a1,
      float[] x1,
      float a2,
      float[] x2,
      float a3,
      float[] x3) {
    for (int j = from; j < row.length; j++) {
      row[j] = keep * row[j] + (a0 * x0[j] + a1 * x1[j]) + (a2 * x2[j] + a3 * x3[j]);
    }
  }

  /**
   * Adds four points' forces to all others at a time, in one short loop for the weights and one for
   * each axis: they run over the receiving points, so that they need no reduction.
   */
  @Override
  public void repel(int n, float[][] points, float[][] sums) {
    int padded = (n + 3) & ~3;
    for (int s = n; s < padded; s++) {
      points[0][s] = PHANTOM * (s - n + 1);
      points[1][s] = PHANTOM;
      points[2][s] = 0;
    }
    for (int k = 0; k < 4; k++) {
      Arrays.fill(sums[k], 0, n, 0);
    }
    for (int j = 0; j < padded; j += 4) {
      repel(n, j, points, sums);
    }
  }

  /**
   * Adds the forces of points j to j + 3 to all. Written out on purpose: a method this long is not
   * inlined, and HotSpot vectorises its loops whatever surrounds the call.
   */
  private static void repel(int n, int j, float[][] points, float[][] sums) {
    float[] s0 = sums[4];
    float[] s1 = sums[5];
    float[] s2 = sums[6];
    float[] s3 = sums[7];
    float[] p = points[0];
    weigh(n, p, points[1], points[2], s0, sums[3], j);
    weigh(n, p, points[1], points[2], s1, sums[3], j + 1);
    weigh(n, p, points[1], points[2], s2, sums[3], j + 2);
    weigh(n, p, points[1], points[2], s3, sums[3], j + 3);
    float[] out = sums[0];
    float p0 = p[j];
    float p1 = p[j + 1];
    float p2 = p[j + 2];
    float p3 = p[j + 3];
    for (int i = 0; i < n; i++) {
      float near = s0[i] * (p[i] - p0) + s1[i] * (p[i] - p1);
      out[i] += near + (s2[i] * (p[i] - p2) + s3[i] * (p[i] - p3));
    }
    p = points[1];
    out = sums[1];
    p0 = p[j];
    p1 = p[j + 1];
    p2 = p[j + 2];
    p3 = p[j + 3];
    for (int i = 0; i < n; i++) {
      float near = s0[i] * (p[i] - p0) + s1[i] * (p[i] - p1);
      out[i] += near + (s2[i] * (p[i] - p2) + s3[i] * (p[i] - p3));
    }
    p = points[2];
    out = sums[2];
    p0 = p[j];
    p1 = p[j + 1];
    p2 = p[j + 2];
    p3 = p[j + 3];
    for (int i = 0; i < n; i++) {
      float near = s0[i] * (p[i] - p0) + s1[i] * (p[i] - p1);
      out[i] += near + (s2[i] * (p[i] - p2) + s3[i] * (p[i] - p3));
    }
  }

  /** Squared weights of all points as seen from one, and the weights added to their sums. */
  private static void weigh(
      int n, float[] px, float[] py, float[] pz, float[] square, float[] sum, int from) {
    float x0 = px[from];
    float y0 = py[from];
    float z0 = pz[from];
    for (int i = 0; i < n; i++) {
      float dx = px[i] - x0;
      float dy = py[i] - y0;
      float dz = pz[i] - z0;
      float w = 1 / (1 + dx * dx + dy * dy + dz * dz);
      square[i] = w * w;
      sum[i] += w;
    }
  }

  @Override
  public void interact(int n, float[][] points, float[] affinity, float[][] sums) {
    throw new UnsupportedOperationException("lanes must be above 1 to interact: 1");
  }

  @Override
  public float weights(int n, float[][] points, float x, float y, float z, float[] w) {
    squares(n, points[0], points[1], points[2], w, x, y, z);
    return sum(w, n);
  }

  private static void squares(
      int n, float[] px, float[] py, float[] pz, float[] out, float x, float y, float z) {
    for (int i = 0; i < n; i++) {
      float dx = px[i] - x;
      float dy = py[i] - y;
      float dz = pz[i] - z;
      out[i] = 1 / (1 + dx * dx + dy * dy + dz * dz);
    }
  }

  @Override
  public void field(int n, float[][] sources, float x, float y, float[][] scratch, float[] felt) {
    feel(n, sources[0], sources[1], sources[2], x, y, scratch[0], scratch[1], scratch[2]);
    felt[0] = sum(scratch[0], n);
    felt[1] = sum(scratch[1], n);
    felt[2] = sum(scratch[2], n);
  }

  private static void feel(
      int n,
      float[] px,
      float[] py,
      float[] mass,
      float x,
      float y,
      float[] fx,
      float[] fy,
      float[] fw) {
    for (int j = 0; j < n; j++) {
      float dx = x - px[j];
      float dy = y - py[j];
      float w = 1 / (1 + dx * dx + dy * dy);
      float m = mass[j] * w;
      fx[j] = m * w * dx;
      fy[j] = m * w * dy;
      fw[j] = m;
    }
  }

  private static float sum(float[] v, int n) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int j = 0;
    for (; j + 3 < n; j += 4) {
      a += v[j];
      b += v[j + 1];
      c += v[j + 2];
      d += v[j + 3];
    }
    for (; j < n; j++) {
      a += v[j];
    }
    return (a + b) + (c + d);
  }

  @Override
  public float dot(float[] x, int from, float[] y, int at, int n) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int k = 0;
    for (; k + 3 < n; k += 4) {
      a += x[from + k] * y[at + k];
      b += x[from + k + 1] * y[at + k + 1];
      c += x[from + k + 2] * y[at + k + 2];
      d += x[from + k + 3] * y[at + k + 3];
    }
    for (; k < n; k++) {
      a += x[from + k] * y[at + k];
    }
    return (a + b) + (c + d);
  }

  @Override
  public float logarithms(int n, float[][] points, float[] weight, float x, float y, float z) {
    float[] px = points[0];
    float[] py = points[1];
    float[] pz = points[2];
    float sum = 0;
    for (int j = 0; j < n; j++) {
      float dx = px[j] - x;
      float dy = py[j] - y;
      float dz = pz[j] - z;
      sum += weight[j] * log(1 + dx * dx + dy * dy + dz * dz);
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

  @Override
  public int next(float[] values, int from, int n, float limit) {
    for (int j = from; j < n; j++) {
      if (values[j] < limit) {
        return j;
      }
    }
    return n;
  }

  /** The exponential is (polynomial of x/256)^256: it vectorises. */
  @Override
  public void weigh(float[] s, int n, float beta, float[] w, float[] moments) {
    float step = beta / 256;
    for (int e = 0; e < n; e++) {
      float x = Math.min(s[e] * step, 0.34f);
      float v = 1 - x * (1 - x * (0.5f - x * (1 / 6f - x * (1 / 24f - x * 1 / 120f))));
      v *= v;
      v *= v;
      v *= v;
      v *= v;
      v *= v;
      v *= v;
      v *= v;
      w[e] = v * v;
    }
    float total = 0;
    float first = 0;
    float second = 0;
    for (int e = 0; e < n; e++) {
      float v = w[e];
      float t = v * s[e];
      total += v;
      first += t;
      second += t * s[e];
    }
    moments[0] = total;
    moments[1] = first;
    moments[2] = second;
  }
}
