package dev.alidade.examples.digits;

import java.util.Arrays;

/**
 * A round pen on 28 × 28 pixels: ink falls off over one pixel at the line's edge (anti-aliasing by
 * distance), lines that cross do not add up.
 */
final class Pen {
  private static final int SIDE = Digits.SIDE;

  private Pen() {}

  static void clear(float[] pixels, int offset) {
    Arrays.fill(pixels, offset, offset + Digits.PIXELS, 0);
  }

  /**
   * Draws a straight line.
   *
   * @param radius half the line's width in pixels
   * @param ink the value of a fully covered pixel
   */
  static void line(
      float[] pixels, int offset, float x0, float y0, float x1, float y1, float radius, float ink) {
    float reach = radius + 0.5f;
    int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
    int right = Math.min(SIDE - 1, (int) Math.ceil(Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
    int bottom = Math.min(SIDE - 1, (int) Math.ceil(Math.max(y0, y1) + reach));
    float dx = x1 - x0;
    float dy = y1 - y0;
    float squared = Math.max(dx * dx + dy * dy, 1e-12f);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        float t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / squared));
        float ex = x - x0 - t * dx;
        float ey = y - y0 - t * dy;
        float distance2 = ex * ex + ey * ey;
        if (distance2 < reach * reach) {
          float cover = Math.min(1, reach - (float) Math.sqrt(distance2)) * ink;
          int at = offset + y * SIDE + x;
          pixels[at] = Math.max(pixels[at], cover);
        }
      }
    }
  }
}
