package dev.alidade.server.picture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the contour levels cut one triangle: straight lines, for its levels lie in a plane. */
final class ContourCut {
  private final float[] x = new float[3];
  private final float[] y = new float[3];
  private final float[] level = new float[3];
  private final double slope;

  ContourCut(float[] at, float[] levels, int[] corners, int from) {
    for (int i = 0; i < 3; i++) {
      int unit = corners[from + i];
      x[i] = at[2 * unit];
      y[i] = at[2 * unit + 1];
      level[i] = levels[unit];
    }
    double twice = (x[1] - x[0]) * (y[2] - y[0]) - (y[1] - y[0]) * (x[2] - x[0]);
    double ab = level[1] - level[0];
    double ac = level[2] - level[0];
    slope =
        twice == 0
            ? 0
            : (Math.abs(ab * (y[2] - y[0]) - ac * (y[1] - y[0]))
                    + Math.abs(ac * (x[1] - x[0]) - ab * (x[2] - x[0])))
                / Math.abs(twice);
  }

  /** Change of the level by one pixel right plus by one pixel down, both positive. */
  double slope() {
    return slope;
  }

  /** Adds the plain and the stronger lines to the paths that are there. */
  void lines(Detail detail, @Nullable StringBuilder plain, @Nullable StringBuilder strong) {
    float least = Math.min(level[0], Math.min(level[1], level[2]));
    float most = Math.max(level[0], Math.max(level[1], level[2]));
    // Levels are odd halves of a step on both sides of zero; the k-th is (k + 1/2) steps.
    int first = (int) Math.ceil(least / detail.step - 0.5f);
    int last = (int) Math.floor(most / detail.step - 0.5f);
    for (int k = first; k <= last; k++) {
      int rank = k >= 0 ? k : -k - 1;
      boolean isStrong = detail.index > 0 && (rank + 1) % detail.index == 0;
      StringBuilder path = isStrong && strong != null ? strong : plain;
      if (path != null) {
        cut((k + 0.5f) * detail.step, path);
      }
    }
  }

  private void cut(float value, StringBuilder path) {
    boolean isBegun = false;
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      if (level[i] < value != level[j] < value) {
        float t = (value - level[i]) / (level[j] - level[i]);
        path.append(isBegun ? 'L' : 'M')
            .append(
                String.format(
                    Locale.ROOT, "%.1f %.1f", x[i] + t * (x[j] - x[i]), y[i] + t * (y[j] - y[i])));
        isBegun = true;
      }
    }
  }
}
