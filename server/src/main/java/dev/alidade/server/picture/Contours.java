package dev.alidade.server.picture;

/**
 * Contour lines straight from the interpolated level, as the page's shader draws them: levels are
 * odd halves of a step, so that noise about zero draws no lines; lines that come closer than three
 * pixels fade instead of filling the slope. One triangle's slope is the same all over it.
 */
final class Contours {
  private final float perStep;
  private final float perIndex;
  private final float line;
  private final float indexLine;
  private float slope;
  private float indexSlope;
  private float room;
  private float indexRoom;

  /**
   * @param step between levels, as a share of the range
   * @param index every how many is a stronger line; 0 for none
   * @param line width in pixels
   */
  Contours(float step, int index, float line) {
    this.perStep = 1 / step;
    this.perIndex = index == 0 ? 0 : 1f / index;
    this.line = line;
    this.indexLine = line * 1.25f;
  }

  /** Sets the change of the level by one pixel right plus by one pixel down, both positive. */
  void slope(double perPixel) {
    slope = (float) (perPixel * perStep);
    indexSlope = slope * perIndex;
    room = line > 0 ? room(slope) : 0;
    indexRoom = perIndex == 0 ? 0 : room(indexSlope);
  }

  private static float room(float slope) {
    return slope < 1e-5f ? 0 : Math.min(1, Math.max(0, (1 / slope - 2.5f) / 6));
  }

  /** How visible the plain and the stronger lines of this slope are. */
  float plainRoom() {
    return 0.6f * room;
  }

  float strongRoom() {
    return indexRoom;
  }

  int over(int rgb, float level, Theme theme) {
    if (room <= 0 && indexRoom <= 0) {
      return rgb;
    }
    float at = Math.abs(level) * perStep - 0.5f;
    float ink = 0.6f * room * near(at, slope, line);
    if (indexRoom > 0) {
      ink = Math.max(ink, indexRoom * near((at + 1) * perIndex, indexSlope, indexLine));
    }
    return ink <= 0 ? rgb : Canvas.mix(rgb, theme.ink, ink * Theme.LINE_ALPHA);
  }

  private static float near(float at, float slope, float width) {
    float pixels = Math.abs(at - (float) Math.rint(at)) / slope;
    return pixels > width / 2 + 0.65f
        ? 0
        : 1 - smooth(width / 2 - 0.35f, width / 2 + 0.65f, pixels);
  }

  static float smooth(float low, float high, float value) {
    float t = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return t * t * (3 - 2 * t);
  }
}
