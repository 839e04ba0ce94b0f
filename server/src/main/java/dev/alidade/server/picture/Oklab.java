package dev.alidade.server.picture;

/**
 * OKLab: Björn Ottosson, "A perceptual color space for image processing" (2020). Equal steps in it
 * look equal. A colour is three doubles: lightness, a, b.
 */
final class Oklab {
  private Oklab() {}

  /** From lightness, chroma and hue in degrees. */
  static double[] lch(double lightness, double chroma, double hue) {
    double h = hue * Math.PI / 180;
    return new double[] {lightness, chroma * Math.cos(h), chroma * Math.sin(h)};
  }

  static double[] of(int rgb) {
    return toLab(channel(rgb, 16), channel(rgb, 8), channel(rgb, 0));
  }

  private static double channel(int rgb, int shift) {
    return (rgb >> shift & 255) / 255.0;
  }

  /** sRGB in 0..1, clipped to the gamut. */
  static double[] toRgb(double[] lab) {
    double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.291485548 * lab[2]);
    return new double[] {
      gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
    };
  }

  static double[] toLab(double red, double green, double blue) {
    double r = linear(red);
    double g = linear(green);
    double b = linear(blue);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return new double[] {
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
    };
  }

  static double distance(double[] p, double[] q) {
    return Math.sqrt(square(p[0] - q[0]) + square(p[1] - q[1]) + square(p[2] - q[2]));
  }

  private static double square(double x) {
    return x * x;
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static double gamma(double x) {
    double c = Math.min(1, Math.max(0, x));
    return c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055;
  }

  private static double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
