package dev.alidade.server.picture;

/** How much a map of this place on a sheet can carry; sizes in pixels at ratio 1. */
public enum Detail {
  FOCUS(0.125f, 4, 0.9f, 7, 0.2f),
  MINI(0.25f, 0, 0.7f, 0, 0.24f),
  /** The surface and nothing on it. */
  BARE(0.25f, 0, 0, 0, 0);

  /** Between contours, as a share of the range. */
  final float step;

  /** Every how many contours is a stronger one; 0 for none. */
  final int index;

  final float line;
  final float deadDot;
  final float disc;

  Detail(float step, int index, float line, float deadDot, float disc) {
    this.step = step;
    this.index = index;
    this.line = line;
    this.deadDot = deadDot;
    this.disc = disc;
  }

  /** Many dots would hide the surface that they carry. */
  float dot(int units) {
    if (this != FOCUS) {
      return 0;
    }
    return units > 1500 ? 1.2f : units > 250 ? 1.8f : 3.2f;
  }

  /** Discs shrink with their number so that sixteen of them still do not touch. */
  float disc(float side, int units) {
    return (float) (side * disc / Math.sqrt(Math.max(1, units) / 2.0 + 0.5));
  }
}
