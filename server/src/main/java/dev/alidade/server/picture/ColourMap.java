package dev.alidade.server.picture;

/**
 * 256 colours from a value, the page's own (dashboard/src/colour/maps.ts, whose comments say why
 * these): signed values with the ground at entry 128, or magnitudes with the ground at entry 0.
 */
public final class ColourMap {
  static final int ENTRIES = 256;
  private static final int FINE = 2048;

  private static final ColourMap SIGNED_DARK = diverging(Theme.DARK.ground, true);
  private static final ColourMap SIGNED_LIGHT = diverging(Theme.LIGHT.ground, false);
  private static final ColourMap DARK = sequential(Theme.DARK.ground, true);
  private static final ColourMap LIGHT = sequential(Theme.LIGHT.ground, false);

  private final int[] packed;
  private final boolean signed;

  private ColourMap(int[] packed, boolean signed) {
    this.packed = packed;
    this.signed = signed;
  }

  static ColourMap of(Theme theme, boolean signed) {
    boolean dark = theme == Theme.DARK;
    return signed ? (dark ? SIGNED_DARK : SIGNED_LIGHT) : dark ? DARK : LIGHT;
  }

  private static ColourMap diverging(int ground, boolean dark) {
    double[] zero = Oklab.of(ground);
    double[][] negative =
        dark
            ? path(zero, .45, .115, 256, .62, .135, 248, .84, .075, 228)
            : path(zero, .83, .07, 240, .62, .135, 252, .38, .125, 262);
    double[][] positive =
        dark
            ? path(zero, .45, .105, 46, .64, .145, 56, .87, .095, 84)
            : path(zero, .85, .085, 72, .66, .15, 52, .41, .115, 38);
    int[] down = evenly(negative, 129);
    int[] up = evenly(positive, 128);
    int[] all = new int[ENTRIES];
    for (int i = 0; i < 128; i++) {
      all[i] = down[128 - i];
      all[128 + i] = up[i];
    }
    return new ColourMap(all, true);
  }

  private static ColourMap sequential(int ground, boolean dark) {
    double[] zero = Oklab.of(ground);
    double[][] stops =
        dark
            ? path(zero, .34, .07, 250, .5, .09, 215, .66, .115, 172, .8, .13, 125, .93, .11, 100)
            : path(
                zero, .91, .075, 110, .79, .115, 145, .63, .105, 185, .47, .095, 232, .33, .1, 265);
    return new ColourMap(evenly(stops, ENTRIES), false);
  }

  /** 0xRRGGBB of a level in -1..1 (signed) or 0..1; others are clamped. */
  public int of(float level) {
    // The shader samples the nearest texel of an exactly 256 wide texture.
    float at =
        signed
            ? 128 + 127 * Math.min(1, Math.max(-1, level))
            : 255 * Math.min(1, Math.max(0, level));
    return packed[(int) (at + 0.5f)];
  }

  int entry(int i) {
    return packed[i];
  }

  private static double[][] path(double[] zero, double... lightnessChromaHue) {
    double[][] stops = new double[1 + lightnessChromaHue.length / 3][];
    stops[0] = zero;
    for (int i = 1; i < stops.length; i++) {
      int at = 3 * (i - 1);
      stops[i] =
          Oklab.lch(lightnessChromaHue[at], lightnessChromaHue[at + 1], lightnessChromaHue[at + 2]);
    }
    return stops;
  }

  /** Colours at equal perceptual distances along a smooth path through the stops. */
  private static int[] evenly(double[][] stops, int count) {
    double[][] fine = new double[FINE + 1][];
    double[] along = new double[FINE + 1];
    for (int i = 0; i <= FINE; i++) {
      double[] rgb = Oklab.toRgb(spline(stops, i / (double) FINE));
      fine[i] = Oklab.toLab(rgb[0], rgb[1], rgb[2]);
      along[i] = i == 0 ? 0 : along[i - 1] + Oklab.distance(fine[i - 1], fine[i]);
    }
    int[] colours = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      double target = along[FINE] * i / (count - 1);
      while (at < FINE && along[at] < target) {
        at++;
      }
      double[] rgb = Oklab.toRgb(fine[at]);
      colours[i] = byteOf(rgb[0]) << 16 | byteOf(rgb[1]) << 8 | byteOf(rgb[2]);
    }
    return colours;
  }

  private static int byteOf(double channel) {
    return (int) Math.round(channel * 255);
  }

  /** Catmull-Rom through the stops. */
  private static double[] spline(double[][] stops, double t) {
    int last = stops.length - 1;
    double x = t * last;
    int k = Math.min(last - 1, (int) Math.floor(x));
    double f = x - k;
    double[] a = stops[Math.max(0, k - 1)];
    double[] b = stops[k];
    double[] c = stops[k + 1];
    double[] d = stops[Math.min(last, k + 2)];
    double[] colour = new double[3];
    for (int j = 0; j < 3; j++) {
      colour[j] =
          0.5
              * (2 * b[j]
                  + (c[j] - a[j]) * f
                  + (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j]) * f * f
                  + (3 * b[j] - a[j] - 3 * c[j] + d[j]) * f * f * f);
    }
    return colour;
  }
}
