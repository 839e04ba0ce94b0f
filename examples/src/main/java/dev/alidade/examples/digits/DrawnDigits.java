package dev.alidade.examples.digits;

import java.util.SplittableRandom;

/**
 * Handwritten digits, drawn on demand.
 *
 * <p>Digit {@code i} of a seed is always the same picture, whatever was read before it, so a
 * training is repeatable and a test set is simply another range of indices. Cost: about 20 µs per
 * digit.
 */
public final class DrawnDigits implements Digits {
  /** Points per Bézier curve: a curve of 20 pixels becomes lines of less than three. */
  private static final int STEPS = 9;

  private static final int MOST_POINTS = 256;

  private final long seed;
  private final Warp warp = new Warp();
  private final float[] control = new float[64];
  private final float[] points = new float[2 * MOST_POINTS];
  private final boolean[] lifted = new boolean[MOST_POINTS];
  private int count;

  /** The digits of a seed. */
  public DrawnDigits(long seed) {
    this.seed = seed;
  }

  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public int read(long index, float[] pixels, int offset) {
    SplittableRandom random = new SplittableRandom(mix(seed + mix(index)));
    int digit = random.nextInt(CLASSES);
    var ways = Glyphs.of(digit);
    Glyphs.Path path = ways.get(random.nextInt(ways.size()));
    flatten(path, random);
    warp.shuffle(random);
    warp.apply(points, count);
    place(random);
    ink(random, pixels, offset);
    return digit;
  }

  /** Turns the path into points, every control point a little off. */
  private void flatten(Glyphs.Path path, SplittableRandom random) {
    count = 0;
    for (int i = 0; i < path.points.length; i++) {
      control[i] = path.points[i] + (float) (0.016 * random.nextGaussian());
    }
    int at = 0;
    for (char command : path.commands) {
      switch (command) {
        case 'M', 'L' -> {
          add(control[at], control[at + 1], command == 'M');
          at += 2;
        }
        case 'C' -> {
          curve(at);
          at += 6;
        }
        default -> throw new IllegalStateException("unknown path command " + command);
      }
    }
  }

  private void curve(int at) {
    float x0 = points[2 * count - 2];
    float y0 = points[2 * count - 1];
    for (int step = 1; step <= STEPS; step++) {
      float t = (float) step / STEPS;
      float s = 1 - t;
      float a = s * s * s;
      float b = 3 * s * s * t;
      float c = 3 * s * t * t;
      float d = t * t * t;
      add(
          a * x0 + b * control[at] + c * control[at + 2] + d * control[at + 4],
          a * y0 + b * control[at + 1] + c * control[at + 3] + d * control[at + 5],
          false);
    }
  }

  private void add(float x, float y, boolean lift) {
    points[2 * count] = x;
    points[2 * count + 1] = y;
    lifted[count] = lift;
    count++;
  }

  /** Scales to about 20 pixels, as MNIST does, and puts the middle near the picture's middle. */
  private void place(SplittableRandom random) {
    float left = Float.MAX_VALUE;
    float top = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      left = Math.min(left, points[2 * i]);
      right = Math.max(right, points[2 * i]);
      top = Math.min(top, points[2 * i + 1]);
      bottom = Math.max(bottom, points[2 * i + 1]);
    }
    float size = 18.5f * (float) Math.exp(0.10 * random.nextGaussian());
    float scale = Math.min(size, 23) / Math.max(right - left, bottom - top);
    float middle = (SIDE - 1) / 2f;
    float shiftX = middle + (float) random.nextGaussian() - scale * (left + right) / 2;
    float shiftY = middle + (float) random.nextGaussian() - scale * (top + bottom) / 2;
    for (int i = 0; i < count; i++) {
      points[2 * i] = scale * points[2 * i] + shiftX;
      points[2 * i + 1] = scale * points[2 * i + 1] + shiftY;
    }
  }

  private void ink(SplittableRandom random, float[] pixels, int offset) {
    Pen.clear(pixels, offset);
    float radius = 0.75f + 0.85f * (float) random.nextDouble();
    float pressure = 0.25f * (float) random.nextGaussian();
    for (int i = 1; i < count; i++) {
      if (!lifted[i]) {
        float along = (float) i / count - 0.5f;
        Pen.line(
            pixels,
            offset,
            points[2 * i - 2],
            points[2 * i - 1],
            points[2 * i],
            points[2 * i + 1],
            Math.max(0.55f, radius * (1 + pressure * along)),
            1);
      }
    }
  }

  /** SplitMix64's finaliser (Steele, Lea and Flood 2014), so that neighbours share nothing. */
  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public String toString() {
    return "drawn digits, seed " + seed;
  }
}
