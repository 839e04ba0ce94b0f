package dev.alidade.analysis.layout;

/**
 * The rigid motion that brings a map closest to an earlier one of the same units: translation,
 * rotation and, when that fits better, reflection (orthogonal Procrustes in the plane).
 */
public final class Pose {
  private float cosine = 1;
  private float sine;
  private float mirror = 1;
  private float centreX;
  private float centreY;

  /** Fits x, y to the target, both over the first n entries; the target is about the origin. */
  public void fit(int n, float[] x, float[] y, float[] targetX, float[] targetY) {
    centre(n, x, y);
    double xx = 0;
    double xy = 0;
    double yx = 0;
    double yy = 0;
    for (int i = 0; i < n; i++) {
      double px = x[i] - centreX;
      double py = y[i] - centreY;
      xx += px * targetX[i];
      xy += px * targetY[i];
      yx += py * targetX[i];
      yy += py * targetY[i];
    }
    double plain = Math.hypot(xx + yy, xy - yx);
    double mirrored = Math.hypot(xx - yy, xy + yx);
    mirror = mirrored > plain ? -1 : 1;
    double c = xx + mirror * yy;
    double s = xy - mirror * yx;
    double size = Math.max(plain, mirrored);
    cosine = size > 1e-12 ? (float) (c / size) : 1;
    sine = size > 1e-12 ? (float) (s / size) : 0;
  }

  /** Only the translation: the pose of the first tick. */
  public void centre(int n, float[] x, float[] y) {
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < n; i++) {
      sumX += x[i];
      sumY += y[i];
    }
    centreX = (float) (sumX / Math.max(n, 1));
    centreY = (float) (sumY / Math.max(n, 1));
    cosine = 1;
    sine = 0;
    mirror = 1;
  }

  /** Where a point goes, along x. */
  public float x(float px, float py) {
    return cosine * (px - centreX) - sine * mirror * (py - centreY);
  }

  /** Where a point goes, along y. */
  public float y(float px, float py) {
    return sine * (px - centreX) + cosine * mirror * (py - centreY);
  }
}
