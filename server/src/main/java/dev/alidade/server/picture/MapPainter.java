package dev.alidade.server.picture;

import java.util.Arrays;

/**
 * Draws one map into a square of a canvas, pixel for pixel what the page's fragment shaders draw:
 * values interpolated linearly over the triangles, ground outside the hull, contours at fixed
 * levels, a dot for each unit, a hollow one for a dead unit. Keeps its buffers, so a film of many
 * frames allocates nothing here. Not for two threads at once.
 */
public final class MapPainter {
  private final Theme theme;
  private float[] x = new float[0];
  private float[] y = new float[0];
  private float[] levels = new float[0];
  private final Triangle triangle = new Triangle();
  private final Hull hull = new Hull();

  public MapPainter(Theme theme) {
    this.theme = theme;
  }

  Theme theme() {
    return theme;
  }

  /** A square of the canvas; ratio is its pixels per point, as of a dense screen. */
  public record Place(int left, int top, int side, float ratio) {}

  void paint(Canvas canvas, Place place, LayerMap map, Field field, Detail detail) {
    paint(canvas, place, map, field, detail, map.extent());
  }

  /**
   * Draws one map.
   *
   * @param extent half the side of the square, in RMS radii; what lies beyond is cut off
   */
  public void paint(
      Canvas canvas, Place place, LayerMap map, Field field, Detail detail, float extent) {
    if (x.length < map.units) {
      x = new float[map.units];
      y = new float[map.units];
      levels = new float[map.units];
    }
    float scale = place.side() / (2 * extent);
    for (int unit = 0; unit < map.units; unit++) {
      x[unit] = place.left() + place.side() / 2f + map.positions[2 * unit] * scale;
      y[unit] = place.top() + place.side() / 2f - map.positions[2 * unit + 1] * scale;
    }
    map.levels(field, levels);
    ColourMap colours = theme.colours(map.isSigned(field));
    if (map.triangles().length > 0) {
      surface(canvas, place, map, detail, colours);
    }
    points(canvas, place, map, detail, colours);
  }

  // ------------------------------------------------------------------ surface

  private void surface(Canvas canvas, Place place, LayerMap map, Detail detail, ColourMap colours) {
    hull.of(map.triangles());
    Contours contours = new Contours(detail.step, detail.index, detail.line * place.ratio());
    for (int t = 0; t < map.triangles().length; t += 3) {
      triangle.of(x, y, levels, map.triangles(), t, hull);
      if (triangle.twiceArea != 0) {
        triangle.paint(canvas, place, theme, colours, contours);
      }
    }
  }

  /** Which edges have a triangle on one side only. */
  private static final class Hull {
    private long[] edges = new long[0];
    private int[] of = new int[0];
    private int length;

    void of(int[] triangles) {
      if (triangles == of) {
        return;
      }
      of = triangles;
      long[] all = edges.length >= triangles.length ? edges : new long[triangles.length];
      for (int i = 0; i < triangles.length; i++) {
        all[i] = edge(triangles, i);
      }
      Arrays.sort(all, 0, triangles.length);
      length = 0;
      for (int i = 0; i < triangles.length; i++) {
        if (i + 1 < triangles.length && all[i] == all[i + 1]) {
          i++;
        } else {
          all[length++] = all[i];
        }
      }
      edges = all;
    }

    boolean has(int[] triangles, int corner) {
      return Arrays.binarySearch(edges, 0, length, edge(triangles, corner)) >= 0;
    }

    /** From a corner to the next one of its triangle, whichever way round. */
    private static long edge(int[] triangles, int corner) {
      int a = triangles[corner];
      int b = triangles[corner % 3 == 2 ? corner - 2 : corner + 1];
      return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }
  }

  /** One triangle in pixels: three edges, and the plane that its levels lie in. */
  private static final class Triangle {
    double twiceArea;
    // Distance inside edge e of a pixel: across[e] * x + down[e] * y + from[e].
    private final double[] across = new double[3];
    private final double[] down = new double[3];
    private final double[] from = new double[3];
    private final boolean[] isHull = new boolean[3];
    private double levelX;
    private double levelY;
    private double level0;
    private float top;
    private float bottom;

    void of(float[] x, float[] y, float[] levels, int[] corners, int at, Hull hull) {
      int a = corners[at];
      int b = corners[at + 1];
      int c = corners[at + 2];
      double abX = (double) x[b] - x[a];
      double abY = (double) y[b] - y[a];
      double acX = (double) x[c] - x[a];
      double acY = (double) y[c] - y[a];
      twiceArea = abX * acY - abY * acX;
      if (twiceArea == 0) {
        return;
      }
      double ab = levels[b] - levels[a];
      double ac = levels[c] - levels[a];
      levelX = (ab * acY - ac * abY) / twiceArea;
      levelY = (ac * abX - ab * acX) / twiceArea;
      level0 = levels[a] - levelX * x[a] - levelY * y[a];
      top = Math.min(y[a], Math.min(y[b], y[c]));
      bottom = Math.max(y[a], Math.max(y[b], y[c]));
      double side = Math.signum(twiceArea);
      for (int e = 0; e < 3; e++) {
        int p = corners[at + e];
        int q = corners[at + (e + 1) % 3];
        double dx = (double) x[q] - x[p];
        double dy = (double) y[q] - y[p];
        double length = Math.sqrt(dx * dx + dy * dy);
        across[e] = -side * dy / length;
        down[e] = side * dx / length;
        from[e] = -across[e] * x[p] - down[e] * y[p];
        isHull[e] = hull.has(corners, at + e);
      }
    }

    void paint(Canvas canvas, Place place, Theme theme, ColourMap colours, Contours contours) {
      int right = Math.min(canvas.width(), place.left() + place.side());
      int lowest = Math.min(canvas.height(), place.top() + place.side());
      int firstRow = Math.max(Math.max(0, place.top()), (int) Math.floor(top - 0.5));
      int lastRow = Math.min(lowest - 1, (int) Math.ceil(bottom + 0.5));
      boolean anyHull = isHull[0] || isHull[1] || isHull[2];
      contours.slope(Math.abs(levelX) + Math.abs(levelY));
      for (int row = firstRow; row <= lastRow; row++) {
        double py = row + 0.5;
        double low = Math.max(0, place.left()) + 0.5;
        double high = right - 0.5;
        for (int e = 0; e < 3; e++) {
          // A pixel that the hull cuts is drawn as far as it lies inside.
          double rest = down[e] * py + from[e] + (isHull[e] ? 0.5 : 1e-7);
          if (across[e] > 0) {
            low = Math.max(low, -rest / across[e]);
          } else if (across[e] < 0) {
            high = Math.min(high, rest / -across[e]);
          } else if (rest < 0) {
            high = -1;
          }
        }
        int first = (int) Math.ceil(low - 0.5);
        int last = (int) Math.floor(high - 0.5);
        double level = level0 + levelY * py + levelX * (first + 0.5);
        int at = row * canvas.width() + first;
        int[] pixels = canvas.pixels();
        for (int column = first; column <= last; column++, at++, level += levelX) {
          int rgb = contours.over(colours.of((float) level), (float) level, theme);
          pixels[at] = anyHull ? Canvas.mix(theme.ground, rgb, inside(column + 0.5, py)) : rgb;
        }
      }
    }

    /** Share of a pixel that lies inside the hull. */
    private float inside(double px, double py) {
      double share = 1;
      for (int e = 0; e < 3; e++) {
        if (isHull[e]) {
          share = Math.min(share, 0.5 + across[e] * px + down[e] * py + from[e]);
        }
      }
      return (float) share;
    }
  }

  // ------------------------------------------------------------------ points

  private void points(Canvas canvas, Place place, LayerMap map, Detail detail, ColourMap colours) {
    boolean discs = map.isDiscs();
    float disc = detail.disc(place.side(), map.units);
    float dot = discs ? disc : detail.dot(map.units) * place.ratio();
    float dead = discs ? disc * 0.8f : detail.deadDot * place.ratio();
    float wide = (discs ? 1.25f : 1.05f) * place.ratio();
    Dot living = new Dot(dot, wide);
    Dot hollow = new Dot(dead, wide);
    for (int unit = 0; unit < map.units; unit++) {
      Dot mark = map.isDead(unit) ? hollow : living;
      float size = mark.size();
      if (size <= 0) {
        continue;
      }
      int fill = colours.of(levels[unit]);
      int last = (int) Math.ceil(y[unit] + size / 2 + 1);
      int right = (int) Math.ceil(x[unit] + size / 2 + 1);
      for (int row = row(place.top(), y[unit] - size / 2 - 1); row < last; row++) {
        for (int column = row(place.left(), x[unit] - size / 2 - 1); column < right; column++) {
          if (row < place.top() + place.side() && column < place.left() + place.side()) {
            float dx = column + 0.5f - x[unit];
            float dy = row + 0.5f - y[unit];
            blend(canvas, column, row, mark, (float) Math.sqrt(dx * dx + dy * dy), map, unit, fill);
          }
        }
      }
    }
  }

  private static int row(int least, float at) {
    return Math.max(least, (int) Math.floor(at));
  }

  private void blend(
      Canvas canvas, int column, int row, Dot mark, float r, LayerMap map, int unit, int fill) {
    float inside = mark.inside(r);
    if (inside <= 0) {
      return;
    }
    float ring = mark.ring(r);
    if (map.isDead(unit)) {
      canvas.blend(column, row, theme.muted, ring * theme.mutedAlpha);
    } else if (map.isDiscs()) {
      int rim = map.isNewborn(unit) ? theme.accent : Canvas.mix(fill, theme.ink, 0.45f);
      canvas.blend(column, row, Canvas.mix(fill, rim, ring), inside);
    } else if (map.isNewborn(unit)) {
      canvas.blend(column, row, theme.accent, inside);
    } else {
      canvas.blend(column, row, theme.ink, inside * map.dotAlpha(theme));
    }
  }

  /** A disc's coverage by distance from its middle. */
  private record Dot(float size, float wide) {
    float inside(float r) {
      return 1 - Contours.smooth(size / 2 - 0.7f, size / 2 + 0.7f, r);
    }

    float ring(float r) {
      float edge = size / 2 - wide;
      return Contours.smooth(edge - 0.6f, edge + 0.6f, r) * inside(r);
    }
  }
}
