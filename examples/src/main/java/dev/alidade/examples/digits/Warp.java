package dev.alidade.examples.digits;

import java.util.SplittableRandom;

/**
 * One writer's hand: a random affine map (turn, slant, proportions) after a random elastic bend.
 *
 * <p>The bend takes the place of the smooth random displacement field of Simard, Steinkraus and
 * Platt, "Best practices for convolutional neural networks applied to visual document analysis"
 * (ICDAR 2003): a few random plane waves, applied to the strokes before they are inked instead of
 * to the pixels after, which keeps the line's width.
 */
final class Warp {
  private static final int WAVES = 3;

  /** Per axis and wave: its wave vector, phase and amplitude. */
  private final float[] waves = new float[2 * WAVES * 4];

  private float xx;
  private float xy;
  private float yx;
  private float yy;

  /** Draws another hand. */
  void shuffle(SplittableRandom random) {
    double turn = 0.14 * random.nextGaussian();
    double slant = 0.10 + 0.18 * random.nextGaussian();
    double width = 0.78 * Math.exp(0.13 * random.nextGaussian());
    double cos = Math.cos(turn);
    double sin = Math.sin(turn);
    xx = (float) (width * cos);
    xy = (float) (-slant * cos - sin);
    yx = (float) (width * sin);
    yy = (float) (-slant * sin + cos);
    for (int i = 0; i < waves.length; i += 4) {
      waves[i] = (float) (3.6 * random.nextGaussian());
      waves[i + 1] = (float) (3.6 * random.nextGaussian());
      waves[i + 2] = (float) (2 * Math.PI * random.nextDouble());
      waves[i + 3] = (float) (0.045 * random.nextGaussian());
    }
  }

  /** Maps points (x, y, x, y …) of the unit square in place, to about the origin. */
  void apply(float[] points, int count) {
    for (int i = 0; i < 2 * count; i += 2) {
      float x = points[i];
      float y = points[i + 1];
      float bentX = x + bent(x, y, 0) - 0.5f;
      float bentY = y + bent(x, y, 1) - 0.5f;
      points[i] = xx * bentX + xy * bentY;
      points[i + 1] = yx * bentX + yy * bentY;
    }
  }

  private float bent(float x, float y, int axis) {
    double sum = 0;
    for (int i = 4 * axis * WAVES; i < 4 * (axis + 1) * WAVES; i += 4) {
      sum += waves[i + 3] * Math.sin(waves[i] * x + waves[i + 1] * y + waves[i + 2]);
    }
    return (float) sum;
  }
}
