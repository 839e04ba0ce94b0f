package dev.alidade.server.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * A sheet as SVG. SVG has no gradient over a triangle, so the coloured surface is a picture inside
 * it, at twice the size; contours, dots and words are lines and circles, which stay sharp.
 */
final class SvgSheet {
  /** Contours fade where they crowd; so many shades of that are told apart. */
  private static final int SHADES = 5;

  private final MapSheet sheet;
  private final StringBuilder svg = new StringBuilder();

  SvgSheet(MapSheet sheet) {
    this.sheet = sheet;
  }

  byte[] bytes() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " role=\"img\"><title>%s, iteration %d</title>%n",
        sheet.width,
        sheet.height(),
        sheet.width,
        sheet.height(),
        escaped(sheet.title),
        sheet.iteration);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>%n", css(sheet.theme.ground));
    for (MapSheet.Placed each : sheet.placed()) {
      map(each.place(), each.cell().field());
    }
    bar();
    for (MapSheet.Text each : sheet.texts()) {
      words(each);
    }
    svg.append("</svg>\n");
    return svg.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void map(MapPainter.Place place, Field field) {
    LayerMap map = sheet.map;
    add("<g transform=\"translate(%d %d)\">%n", place.left(), place.top());
    float[] levels = new float[map.units];
    map.levels(field, levels);
    float[] at = new float[2 * map.units];
    float scale = place.side() / (2 * map.extent());
    for (int unit = 0; unit < map.units; unit++) {
      at[2 * unit] = place.side() / 2f + map.positions[2 * unit] * scale;
      at[2 * unit + 1] = place.side() / 2f - map.positions[2 * unit + 1] * scale;
    }
    if (map.triangles().length > 0) {
      surface(place.side(), field);
      contours(at, levels);
    }
    points(at, levels, place, field);
    svg.append("</g>\n");
  }

  private void surface(int side, Field field) {
    Canvas canvas = new Canvas(2 * side, 2 * side);
    canvas.fill(sheet.theme.ground);
    MapPainter.Place place = new MapPainter.Place(0, 0, 2 * side, 0);
    new MapPainter(sheet.theme).paint(canvas, place, sheet.map, field, Detail.BARE);
    add(
        "<image width=\"%d\" height=\"%d\" href=\"data:image/png;base64,%s\"/>%n",
        side, side, Base64.getEncoder().encodeToString(Png.of(canvas)));
  }

  private void contours(float[] at, float[] levels) {
    Detail detail = sheet.detail();
    Contours contours = new Contours(detail.step, detail.index, detail.line * sheet.ratio);
    StringBuilder[] paths = new StringBuilder[2 * (SHADES + 1)];
    Arrays.setAll(paths, i -> new StringBuilder());
    int[] triangles = sheet.map.triangles();
    for (int t = 0; t < triangles.length; t += 3) {
      ContourCut cut = new ContourCut(at, levels, triangles, t);
      contours.slope(cut.slope());
      int plain = Math.round(contours.plainRoom() * SHADES);
      int strong = Math.round(contours.strongRoom() * SHADES);
      cut.lines(
          detail, plain > 0 ? paths[plain] : null, strong > 0 ? paths[SHADES + 1 + strong] : null);
    }
    for (int i = 0; i < paths.length; i++) {
      if (!paths[i].isEmpty()) {
        boolean isStrong = i > SHADES;
        float shade = (isStrong ? i - SHADES - 1 : i) / (float) SHADES;
        add(
            "<path fill=\"none\" stroke=\"%s\" stroke-opacity=\"%.3f\" stroke-width=\"%.2f\" d=\"%s\"/>%n",
            css(sheet.theme.ink),
            shade * Theme.LINE_ALPHA,
            (isStrong ? 1.25 : 1) * detail.line * sheet.ratio + 0.5,
            paths[i]);
      }
    }
  }

  private void points(float[] at, float[] levels, MapPainter.Place place, Field field) {
    LayerMap map = sheet.map;
    Detail detail = sheet.detail();
    boolean discs = map.isDiscs();
    float disc = detail.disc(place.side(), map.units);
    float dot = discs ? disc : detail.dot(map.units) * sheet.ratio;
    float dead = discs ? disc * 0.8f : detail.deadDot * sheet.ratio;
    float wide = (discs ? 1.25f : 1.05f) * sheet.ratio;
    ColourMap colours = sheet.theme.colours(map.isSigned(field));
    for (int unit = 0; unit < map.units; unit++) {
      float size = map.isDead(unit) ? dead : dot;
      if (size <= 0) {
        continue;
      }
      int fill = colours.of(levels[unit]);
      String look;
      if (map.isDead(unit)) {
        look = ring("none", sheet.theme.muted, sheet.theme.mutedAlpha, wide);
      } else if (discs) {
        int rim =
            map.isNewborn(unit) ? sheet.theme.accent : Canvas.mix(fill, sheet.theme.ink, 0.45f);
        look = ring(css(fill), rim, 1, wide);
      } else {
        boolean isBorn = map.isNewborn(unit);
        look =
            String.format(
                Locale.ROOT,
                "fill=\"%s\" fill-opacity=\"%.2f\"",
                css(isBorn ? sheet.theme.accent : sheet.theme.ink),
                isBorn ? 1f : map.dotAlpha(sheet.theme));
      }
      boolean isRing = discs || map.isDead(unit);
      add(
          "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\" %s/>%n",
          at[2 * unit], at[2 * unit + 1], size / 2 - (isRing ? wide / 2 : 0), look);
    }
  }

  private static String ring(String fill, int stroke, float opacity, float wide) {
    return String.format(
        Locale.ROOT,
        "fill=\"%s\" stroke=\"%s\" stroke-opacity=\"%.2f\" stroke-width=\"%.2f\"",
        fill,
        css(stroke),
        opacity,
        wide);
  }

  private void bar() {
    int steps = 64;
    float each = sheet.barWidth() / steps;
    for (int i = 0; i < steps; i++) {
      add(
          "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>%n",
          sheet.barLeft() + i * each,
          sheet.barTop(),
          each + 0.5f,
          sheet.barHeight(),
          css(sheet.barColour((i + 0.5f) / steps)));
    }
  }

  private void words(MapSheet.Text text) {
    StringBuilder path = new StringBuilder();
    Lettering.write(
        text.text(),
        text.left(),
        text.base(),
        text.capHeight(),
        points -> {
          for (int i = 0; i < points.length; i += 2) {
            path.append(i == 0 ? 'M' : 'L')
                .append(String.format(Locale.ROOT, "%.1f %.1f", points[i], points[i + 1]));
          }
        });
    add(
        "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%.2f\" stroke-linecap=\"round\""
            + " stroke-linejoin=\"round\" d=\"%s\"/>%n",
        css(text.isFaint() ? sheet.theme.muted : sheet.theme.ink),
        Lettering.pen(text.capHeight()),
        path);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static String css(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  /** Names are data: no character of one may be markup, nor one that XML forbids. */
  private static String escaped(String any) {
    StringBuilder text = new StringBuilder();
    any.codePoints()
        .forEach(
            c -> {
              if (c < 0x20 || c > 0xd7ff || c == '&' || c == '<' || c == '>') {
                boolean isMarkup = c == '&' || c == '<' || c == '>';
                text.append(isMarkup ? "&#" + c + ";" : "\ufffd");
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }
}
