package dev.alidade.server.picture;

import java.util.Locale;

/** Dark or light, with the page's inks for each (dashboard/src/view/map/stage.ts). */
public enum Theme {
  DARK(0x12161b, 0xf4f1ea, 0.42f, 0x8b95a1, 0.75f, 0xe3b457),
  LIGHT(0xfbfaf7, 0x1c2126, 0.45f, 0x6b737c, 0.8f, 0x8a5a00);

  /** Of contour lines, in both. */
  static final float LINE_ALPHA = 0.36f;

  public final int ground;
  public final int ink;
  final float dotAlpha;
  public final int muted;
  final float mutedAlpha;
  public final int accent;

  Theme(int ground, int ink, float dotAlpha, int muted, float mutedAlpha, int accent) {
    this.ground = ground;
    this.ink = ink;
    this.dotAlpha = dotAlpha;
    this.muted = muted;
    this.mutedAlpha = mutedAlpha;
    this.accent = accent;
  }

  /** For signed values, or for magnitudes. */
  public ColourMap colours(boolean isSigned) {
    return ColourMap.of(this, isSigned);
  }

  /** By its name in any case. */
  public static Theme of(String name) {
    for (Theme each : values()) {
      if (each.name().equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException("theme must be one of light, dark: " + name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
