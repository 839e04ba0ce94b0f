package dev.alidade.vector;

import dev.alidade.analysis.layout.Kernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels in vectors of the machine's preferred length. Each loop stands alone in its method
 * and keeps to one species: the JVM compiles such a method to registers only, and one that grows
 * past its inlining limits to boxes.
 */
public final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();

  /** Twice the bits of the square root of a half: least error of a first 1 / v, 5 %. */
  private static final int MAGIC = 0x7EF311C3;

  /** Log 2 and the coefficients of {@code log(1 + m)}, m in [0, 1), as in the plain kernels. */
  private static final float LOG_2 = 0.6931472f;

  @Override
  public String name() {
    return "vector, " + LANES + " lanes";
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void accumulate(
      float[] target, int from, float keep, float[][] rows, int[] pick, float[] factor, int count) {
    int j = from;
    for (; j + 8 * LANES <= target.length; j += 8 * LANES) {
      add8(target, j, keep, rows, pick, factor, count);
    }
    for (; j + LANES <= target.length; j += LANES) {
      add1(target, j, keep, rows, pick, factor, count);
    }
    for (; j < target.length; j++) {
      float sum = keep * target[j];
      for (int e = 0; e < count; e++) {
        sum += factor[e] * rows[pick[e]][j];
      }
      target[j] = sum;
    }
  }

  /** Eight registers of the target stay while all rows pass: nothing is stored on the way. */
  private static void add8(
      float[] target, int j, float keep, float[][] rows, int[] pick, float[] factor, int count) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, target, j).mul(keep);
    FloatVector s1 = FloatVector.fromArray(FLOATS, target, j + LANES).mul(keep);
    FloatVector s2 = FloatVector.fromArray(FLOATS, target, j + 2 * LANES).mul(keep);
    FloatVector s3 = FloatVector.fromArray(FLOATS, target, j + 3 * LANES).mul(keep);
    FloatVector s4 = FloatVector.fromArray(FLOATS, target, j + 4 * LANES).mul(keep);
    FloatVector s5 = FloatVector.fromArray(FLOATS, target, j + 5 * LANES).mul(keep);
    FloatVector s6 = FloatVector.fromArray(FLOATS, target, j + 6 * LANES).mul(keep);
    FloatVector s7 = FloatVector.fromArray(FLOATS, target, j + 7 * LANES).mul(keep);
    for (int e = 0; e < count; e++) {
      float[] x = rows[pick[e]];
      FloatVector a = FloatVector.broadcast(FLOATS, factor[e]);
      s0 = FloatVector.fromArray(FLOATS, x, j).fma(a, s0);
      s1 = FloatVector.fromArray(FLOATS, x, j + LANES).fma(a, s1);
      s2 = FloatVector.fromArray(FLOATS, x, j + 2 * LANES).fma(a, s2);
      s3 = FloatVector.fromArray(FLOATS, x, j + 3 * LANES).fma(a, s3);
      s4 = FloatVector.fromArray(FLOATS, x, j + 4 * LANES).fma(a, s4);
      s5 = FloatVector.fromArray(FLOATS, x, j + 5 * LANES).fma(a, s5);
      s6 = FloatVector.fromArray(FLOATS, x, j + 6 * LANES).fma(a, s6);
      s7 = FloatVector.fromArray(FLOATS, x, j + 7 * LANES).fma(a, s7);
    }
    s0.intoArray(target, j);
    s1.intoArray(target, j + LANES);
    s2.intoArray(target, j + 2 * LANES);
    s3.intoArray(target, j + 3 * LANES);
    s4.intoArray(target, j + 4 * LANES);
    s5.intoArray(target, j + 5 * LANES);
    s6.intoArray(target, j + 6 * LANES);
    s7.intoArray(target, j + 7 * LANES);
  }

  private static void add1(
      float[] target, int j, float keep, float[][] rows, int[] pick, float[] factor, int count) {
    FloatVector sum = FloatVector.fromArray(FLOATS, target, j).mul(keep);
    for (int e = 0; e < count; e++) {
      FloatVector a = FloatVector.broadcast(FLOATS, factor[e]);
      sum = FloatVector.fromArray(FLOATS, rows[pick[e]], j).fma(a, sum);
    }
    sum.intoArray(target, j);
  }

  /** One register of receiving points against every point, one at a time: no reduction. */
  @Override
  public void repel(int n, float[][] points, float[][] sums) {
    float[] px = points[0];
    float[] py = points[1];
    float[] pz = points[2];
    pad(n, px, py, pz);
    for (int i = 0; i < n; i += LANES) {
      repel(n, i, px, py, pz, sums[0], sums[1], sums[2], sums[3]);
    }
  }

  /** The last register's lanes without a point: anywhere finite. */
  private static void pad(int n, float[] px, float[] py, float[] pz) {
    int end = Math.min(n + LANES, px.length);
    Arrays.fill(px, n, end, 0);
    Arrays.fill(py, n, end, 0);
    Arrays.fill(pz, n, end, 0);
  }

  private static void repel(
      int n,
      int i,
      float[] px,
      float[] py,
      float[] pz,
      float[] rx,
      float[] ry,
      float[] rz,
      float[] rw) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector x = FloatVector.fromArray(FLOATS, px, i);
    FloatVector y = FloatVector.fromArray(FLOATS, py, i);
    FloatVector z = FloatVector.fromArray(FLOATS, pz, i);
    FloatVector sx = FloatVector.zero(FLOATS);
    FloatVector sy = FloatVector.zero(FLOATS);
    FloatVector sz = FloatVector.zero(FLOATS);
    FloatVector sw = FloatVector.zero(FLOATS);
    for (int j = 0; j < n; j++) {
      FloatVector dx = x.sub(px[j]);
      FloatVector dy = y.sub(py[j]);
      FloatVector dz = z.sub(pz[j]);
      FloatVector w = inverse(dz.fma(dz, dy.fma(dy, dx.fma(dx, one))), two);
      FloatVector square = w.mul(w);
      sw = sw.add(w);
      sx = square.fma(dx, sx);
      sy = square.fma(dy, sy);
      sz = square.fma(dz, sz);
    }
    sx.intoArray(rx, i);
    sy.intoArray(ry, i);
    sz.intoArray(rz, i);
    sw.intoArray(rw, i);
  }

  /**
   * 1 / v for positive v to 7e-6: the exponent negated in the bits, then two steps of Newton's
   * method, which together take half the time of a division.
   */
  private static FloatVector inverse(FloatVector v, FloatVector two) {
    FloatVector r = v.reinterpretAsInts().neg().add(MAGIC).reinterpretAsFloats();
    r = r.mul(v.neg().fma(r, two));
    return r.mul(v.neg().fma(r, two));
  }

  @Override
  public void interact(int n, float[][] points, float[] affinity, float[][] sums) {
    float[] px = points[0];
    float[] py = points[1];
    float[] pz = points[2];
    pad(n, px, py, pz);
    for (int i = 0; i < n; i += LANES) {
      interact(n, i, px, py, pz, affinity, i * n, sums);
    }
  }

  private static void interact(
      int n, int i, float[] px, float[] py, float[] pz, float[] p, int from, float[][] sums) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector x = FloatVector.fromArray(FLOATS, px, i);
    FloatVector y = FloatVector.fromArray(FLOATS, py, i);
    FloatVector z = FloatVector.fromArray(FLOATS, pz, i);
    FloatVector sx = FloatVector.zero(FLOATS);
    FloatVector sy = FloatVector.zero(FLOATS);
    FloatVector sz = FloatVector.zero(FLOATS);
    FloatVector sw = FloatVector.zero(FLOATS);
    FloatVector ax = FloatVector.zero(FLOATS);
    FloatVector ay = FloatVector.zero(FLOATS);
    FloatVector az = FloatVector.zero(FLOATS);
    for (int j = 0; j < n; j++) {
      FloatVector dx = x.sub(px[j]);
      FloatVector dy = y.sub(py[j]);
      FloatVector dz = z.sub(pz[j]);
      FloatVector w = inverse(dz.fma(dz, dy.fma(dy, dx.fma(dx, one))), two);
      FloatVector square = w.mul(w);
      FloatVector pull = w.mul(FloatVector.fromArray(FLOATS, p, from + j * LANES));
      sw = sw.add(w);
      sx = square.fma(dx, sx);
      sy = square.fma(dy, sy);
      sz = square.fma(dz, sz);
      ax = pull.fma(dx, ax);
      ay = pull.fma(dy, ay);
      az = pull.fma(dz, az);
    }
    sx.intoArray(sums[0], i);
    sy.intoArray(sums[1], i);
    sz.intoArray(sums[2], i);
    sw.intoArray(sums[3], i);
    ax.intoArray(sums[4], i);
    ay.intoArray(sums[5], i);
    az.intoArray(sums[6], i);
  }

  @Override
  public float weights(int n, float[][] points, float x, float y, float z, float[] scratch) {
    float[] px = points[0];
    float[] py = points[1];
    float[] pz = points[2];
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector sum = FloatVector.zero(FLOATS);
    int end = FLOATS.loopBound(n);
    for (int j = 0; j < end; j += LANES) {
      FloatVector dx = FloatVector.fromArray(FLOATS, px, j).sub(x);
      FloatVector dy = FloatVector.fromArray(FLOATS, py, j).sub(y);
      FloatVector dz = FloatVector.fromArray(FLOATS, pz, j).sub(z);
      sum = sum.add(inverse(dz.fma(dz, dy.fma(dy, dx.fma(dx, one))), two));
    }
    float total = sum.reduceLanes(VectorOperators.ADD);
    for (int j = end; j < n; j++) {
      float dx = px[j] - x;
      float dy = py[j] - y;
      float dz = pz[j] - z;
      total += 1 / (1 + dx * dx + dy * dy + dz * dz);
    }
    return total;
  }

  @Override
  public void field(int n, float[][] sources, float x, float y, float[][] scratch, float[] felt) {
    float[] px = sources[0];
    float[] py = sources[1];
    float[] mass = sources[2];
    // Sources of no mass fill the last register.
    Arrays.fill(mass, n, n + LANES, 0);
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector sx = FloatVector.zero(FLOATS);
    FloatVector sy = FloatVector.zero(FLOATS);
    FloatVector sw = FloatVector.zero(FLOATS);
    for (int j = 0; j < n; j += LANES) {
      FloatVector dx = FloatVector.fromArray(FLOATS, px, j).sub(x);
      FloatVector dy = FloatVector.fromArray(FLOATS, py, j).sub(y);
      FloatVector w = inverse(dy.fma(dy, dx.fma(dx, one)), two);
      FloatVector m = w.mul(FloatVector.fromArray(FLOATS, mass, j));
      FloatVector square = m.mul(w);
      sw = sw.add(m);
      sx = square.fma(dx, sx);
      sy = square.fma(dy, sy);
    }
    felt[0] = -sx.reduceLanes(VectorOperators.ADD);
    felt[1] = -sy.reduceLanes(VectorOperators.ADD);
    felt[2] = sw.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public float dot(float[] a, int from, float[] b, int at, int n) {
    FloatVector one = FloatVector.zero(FLOATS);
    FloatVector two = FloatVector.zero(FLOATS);
    int k = 0;
    for (; k + 2 * LANES <= n; k += 2 * LANES) {
      one =
          FloatVector.fromArray(FLOATS, a, from + k)
              .fma(FloatVector.fromArray(FLOATS, b, at + k), one);
      two =
          FloatVector.fromArray(FLOATS, a, from + k + LANES)
              .fma(FloatVector.fromArray(FLOATS, b, at + k + LANES), two);
    }
    float sum = one.add(two).reduceLanes(VectorOperators.ADD);
    for (; k < n; k++) {
      sum += a[from + k] * b[at + k];
    }
    return sum;
  }

  @Override
  public float logarithms(int n, float[][] points, float[] weight, float x, float y, float z) {
    float[] px = points[0];
    float[] py = points[1];
    float[] pz = points[2];
    // The points have room for a register more; weights of nobody are zero.
    Arrays.fill(weight, n, n + LANES, 0);
    pad(n, px, py, pz);
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int j = 0; j < n; j += LANES) {
      FloatVector dx = FloatVector.fromArray(FLOATS, px, j).sub(x);
      FloatVector dy = FloatVector.fromArray(FLOATS, py, j).sub(y);
      FloatVector dz = FloatVector.fromArray(FLOATS, pz, j).sub(z);
      IntVector bits = dz.fma(dz, dy.fma(dy, dx.fma(dx, one))).reinterpretAsInts();
      FloatVector m = bits.and(0x7FFFFF).or(0x3F800000).reinterpretAsFloats().sub(1f);
      FloatVector exponent =
          (FloatVector)
              bits.lanewise(VectorOperators.LSHR, 23)
                  .sub(127)
                  .convertShape(VectorOperators.I2F, FLOATS, 0);
      FloatVector log = m.mul(0.03215845f).add(-0.13606276f);
      log = log.mul(m).add(0.2894748f);
      log = log.mul(m).add(-0.49190897f);
      log = log.mul(m).add(0.99949557f);
      log = log.mul(m).add(exponent.mul(LOG_2));
      sum = FloatVector.fromArray(FLOATS, weight, j).fma(log, sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public int next(float[] values, int from, int n, float limit) {
    int j = from;
    // The lane is looked for one by one: a mask's first true is no single instruction on JDK 17.
    while (j + LANES <= n
        && !FloatVector.fromArray(FLOATS, values, j).compare(VectorOperators.LT, limit).anyTrue()) {
      j += LANES;
    }
    for (; j < n; j++) {
      if (values[j] < limit) {
        return j;
      }
    }
    return n;
  }

  @Override
  public void weigh(float[] s, int n, float beta, float[] weight, float[] moments) {
    int end = FLOATS.loopBound(n);
    FloatVector total = FloatVector.zero(FLOATS);
    FloatVector first = FloatVector.zero(FLOATS);
    FloatVector second = FloatVector.zero(FLOATS);
    for (int e = 0; e < end; e += LANES) {
      FloatVector at = FloatVector.fromArray(FLOATS, s, e);
      FloatVector x = at.mul(beta / 256).min(0.34f);
      FloatVector v = x.mul(-1 / 120f).add(1 / 24f);
      v = v.mul(x).sub(1 / 6f);
      v = v.mul(x).add(0.5f);
      v = v.mul(x).sub(1f);
      v = v.mul(x).add(1f);
      v = v.mul(v);
      v = v.mul(v);
      v = v.mul(v);
      v = v.mul(v);
      v = v.mul(v);
      v = v.mul(v);
      v = v.mul(v);
      v = v.mul(v);
      v.intoArray(weight, e);
      FloatVector t = v.mul(at);
      total = total.add(v);
      first = first.add(t);
      second = t.fma(at, second);
    }
    moments[0] = total.reduceLanes(VectorOperators.ADD);
    moments[1] = first.reduceLanes(VectorOperators.ADD);
    moments[2] = second.reduceLanes(VectorOperators.ADD);
    for (int e = end; e < n; e++) {
      float v = (float) Math.exp(-beta * s[e]);
      weight[e] = v;
      moments[0] += v;
      moments[1] += v * s[e];
      moments[2] += v * s[e] * s[e];
    }
  }
}
