package dev.alidade.analysis;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Activations to try the scan on: every order of the axes, gaps, and values of every kind. */
final class Samples {
  enum Kind {
    NORMAL,
    RELU,
    EQUAL,
    ZERO,
    ONE_HUGE,
    DENORMAL,
    HUGE,
    MIXED_SCALES,
    FAR_MEAN,
    SOME_NON_FINITE,
    ALL_NAN,
    SIGNED_ZEROS
  }

  private Samples() {}

  static Arbitrary<Activations> any() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 24),
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(1, 9),
            Arbitraries.of(Positions.class),
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(Kind.class),
            Arbitraries.longs())
        .as(
            (rows, units, positions, meaning, order, gap, kind, seed) ->
                of(geometry(rows, units, positions, meaning, order, gap), kind, seed));
  }

  /** One of the six orders of the axes, with {@code gap} values left unused after each line. */
  static Geometry geometry(
      int rows, int units, int positions, Positions meaning, int order, int gap) {
    int[] sizes = {rows, units, positions};
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    int[] strides = new int[3];
    int stride = 1;
    for (int i = 2; i >= 0; i--) {
      int axis = orders[order][i];
      strides[axis] = stride;
      stride = stride * sizes[axis] + gap;
    }
    return new Geometry(rows, units, positions, strides[0], strides[1], strides[2], meaning);
  }

  static Activations of(Geometry geometry, Kind kind, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) geometry.extent()];
    Arrays.fill(values, Float.NaN); // what lies in gaps must not be read
    Activations activations = Activations.of(values, geometry);
    int huge = random.nextInt((int) Math.max(1, geometry.values()));
    int index = 0;
    for (int row = 0; row < geometry.rows(); row++) {
      for (int unit = 0; unit < geometry.units(); unit++) {
        for (int position = 0; position < geometry.positions(); position++) {
          values[
                  row * geometry.rowStride()
                      + unit * geometry.unitStride()
                      + position * geometry.positionStride()] =
              index++ == huge && kind == Kind.ONE_HUGE ? -3e38f : value(kind, unit, random);
        }
      }
    }
    int[] groups =
        IntStream.range(0, geometry.observations()).map(i -> random.nextInt(4) - 1).toArray();
    return random.nextBoolean() ? activations : new Activations(values, geometry, groups);
  }

  private static float value(Kind kind, int unit, Random random) {
    float normal = (float) random.nextGaussian();
    return switch (kind) {
      case NORMAL, ONE_HUGE -> normal;
      case RELU -> Math.max(0, normal - unit % 3);
      case EQUAL -> 0.7f;
      case ZERO -> 0;
      case DENORMAL -> normal * 1e-41f;
      case HUGE -> normal * 5e37f;
      case MIXED_SCALES -> (float) (normal * Math.pow(10, random.nextInt(60) - 30));
      case FAR_MEAN -> 1000 + normal;
      case SOME_NON_FINITE -> odd(random.nextInt(8), normal);
      case ALL_NAN -> Float.NaN;
      case SIGNED_ZEROS -> random.nextInt(3) == 0 ? normal : random.nextBoolean() ? 0f : -0f;
    };
  }

  private static float odd(int which, float normal) {
    return switch (which) {
      case 0 -> Float.NaN;
      case 1 -> Float.POSITIVE_INFINITY;
      case 2 -> Float.NEGATIVE_INFINITY;
      case 3 -> Float.intBitsToFloat(0xff800001);
      default -> normal;
    };
  }
}
