package dev.alidade.server.picture;

import java.util.Arrays;

/** Opaque pixels, 0xRRGGBB, row by row from the top. Not for two threads at once. */
public final class Canvas {
  private final int width;
  private final int height;
  private final int[] pixels;

  public Canvas(int width, int height) {
    if (width < 1 || height < 1 || (long) width * height > 1 << 26) {
      throw new IllegalArgumentException(
          "a picture must have 1 to 67108864 pixels: " + width + " x " + height);
    }
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The pixels themselves. */
  public int[] pixels() {
    return pixels;
  }

  public void fill(int rgb) {
    Arrays.fill(pixels, rgb);
  }

  public void fill(int left, int top, int right, int bottom, int rgb) {
    for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      int from = Math.min(width, Math.max(0, left));
      Arrays.fill(
          pixels, y * width + from, y * width + Math.max(from, Math.min(width, right)), rgb);
    }
  }

  /** Copies another canvas, not higher than this one, to a place from the left. */
  void draw(Canvas other, int left) {
    draw(other, left, 0);
  }

  /** Copies another canvas that fits there to a place. */
  public void draw(Canvas other, int left, int top) {
    for (int y = 0; y < other.height; y++) {
      int at = (top + y) * width + left;
      System.arraycopy(other.pixels, y * other.width, pixels, at, other.width);
    }
  }

  /** Lays a colour over a pixel that is on the canvas. */
  public void blend(int x, int y, int rgb, float alpha) {
    int at = y * width + x;
    pixels[at] = mix(pixels[at], rgb, alpha);
  }

  /** One colour over another. */
  public static int mix(int under, int over, float alpha) {
    int a = (int) (Math.min(1, Math.max(0, alpha)) * 256 + 0.5f);
    int keep = 256 - a;
    // Red and blue in one multiplication: sixteen bits lie between them.
    int redBlue = (under & 0xff00ff) * keep + (over & 0xff00ff) * a + 0x800080;
    int green = (under & 0xff00) * keep + (over & 0xff00) * a + 0x8000;
    return ((redBlue >>> 8) & 0xff00ff) | ((green >>> 8) & 0xff00);
  }
}
