package dev.alidade.server.movie;

import dev.alidade.server.picture.Canvas;
import dev.alidade.server.picture.ColourMap;
import dev.alidade.server.picture.Detail;
import dev.alidade.server.picture.LayerMap;
import dev.alidade.server.picture.Lettering;
import dev.alidade.server.picture.MapPainter;
import dev.alidade.server.picture.MapSheet;
import dev.alidade.server.picture.Theme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One moment on a canvas: head line, the wall of maps, the score curve with its marks, the legend
 * and the stamp. What does not change is drawn once and copied. Points are 1/720 of the height.
 */
final class Scene {
  private static final float MARGIN = 24;
  private static final float HEAD = 50;
  private static final float FOOT = 142;
  private static final float LABEL = 20;
  private static final float GAP = 12;
  private static final float LEGEND = 232;

  private final Footage footage;
  private final Theme theme;
  private final Canvas still;
  private final float ratio;
  private final Curve curve;
  private final List<Cell> cells = new ArrayList<>();

  /** A map where it goes, with a painter that keeps its buffers. */
  private record Cell(Footage.Strip strip, MapPainter.Place place, MapPainter painter) {}

  Scene(Footage footage, Theme theme, int width, int height) {
    this.footage = footage;
    this.theme = theme;
    still = new Canvas(width, height);
    ratio = height / 720f;
    float foot = height - FOOT * ratio;
    curve =
        new Curve(
            footage,
            theme,
            new Curve.Box(
                Math.round(MARGIN * ratio),
                Math.round(foot + 34 * ratio),
                Math.round(width - (2 * MARGIN + LEGEND) * ratio),
                Math.round(foot + 112 * ratio),
                ratio));
    place(width, height);
    drawStill();
  }

  int width() {
    return still.width();
  }

  int height() {
    return still.height();
  }

  /** As many columns as make the maps largest. */
  private void place(int width, int height) {
    int count = footage.strips.size();
    float wide = width - 2 * MARGIN * ratio;
    float high = height - (HEAD + FOOT) * ratio;
    float gap = GAP * ratio;
    float label = LABEL * ratio;
    int best = 1;
    float largest = 0;
    for (int columns = 1; columns <= count; columns++) {
      int rows = (count + columns - 1) / columns;
      float side = Math.min((wide + gap) / columns - gap, (high + gap) / rows - gap - label);
      if (side > largest) {
        largest = side;
        best = columns;
      }
    }
    int side = Math.max(1, (int) largest);
    int rows = (count + best - 1) / best;
    float top = HEAD * ratio + Math.max(0, (high - rows * (side + label + gap) + gap) / 2);
    for (int i = 0; i < count; i++) {
      int row = i / best;
      int inRow = Math.min(best, count - row * best);
      float left = (width - inRow * (side + gap) + gap) / 2;
      int x = Math.round(left + i % best * (side + gap));
      int y = Math.round(top + row * (side + label + gap));
      MapPainter.Place place = new MapPainter.Place(x, y, side, ratio);
      cells.add(new Cell(footage.strips.get(i), place, new MapPainter(theme)));
    }
  }

  // ------------------------------------------------------------------ what stays

  private void drawStill() {
    still.fill(theme.ground);
    float most = still.width() * 0.5f;
    text(still, Lettering.fitting(footage.title, 11 * ratio, most), MARGIN, 30, 11, theme.ink);
    curve.drawStill(still);
    float top = still.height() / ratio - FOOT + 34;
    float left = still.width() / ratio - MARGIN - LEGEND + 20;
    if (footage.isAnySigned) {
      bar(left, top, true);
      top += 34;
    }
    if (footage.isAnyPlain) {
      bar(left, top, false);
      top += 34;
    }
    text(still, "r: range, beside each layer's name", left, top + 6, 6.5f, theme.muted);
  }

  private void bar(float left, float top, boolean isSigned) {
    ColourMap colours = theme.colours(isSigned);
    int from = Math.round(left * ratio);
    int to = Math.round((left + LEGEND - 20) * ratio);
    for (int x = from; x < to; x++) {
      float share = (x - from + 0.5f) / (to - from);
      int rgb = colours.of(isSigned ? 2 * share - 1 : share);
      still.fill(x, Math.round(top * ratio), x + 1, Math.round((top + 7) * ratio), rgb);
    }
    float base = top + 20;
    text(still, isSigned ? "\u2212r" : "0", left, base, 6.5f, theme.muted);
    right(still, isSigned ? "+r" : "r", left + LEGEND - 20, base, 6.5f, theme.muted);
    if (isSigned) {
      float middle = left + (LEGEND - 20) / 2 - Lettering.width("0", 6.5f) / 2;
      text(still, "0", middle, base, 6.5f, theme.muted);
    }
  }

  private void text(Canvas canvas, String text, float left, float base, float cap, int rgb) {
    Lettering.draw(canvas, text, left * ratio, base * ratio, cap * ratio, rgb, 1);
  }

  private void right(Canvas canvas, String text, float right, float base, float cap, int rgb) {
    text(canvas, text, right - Lettering.width(text, cap), base, cap, rgb);
  }

  // ------------------------------------------------------------------ what changes

  /** Draws the moment that the footage's maps have gone to. */
  void draw(Canvas canvas, double moment) throws IOException {
    System.arraycopy(still.pixels(), 0, canvas.pixels(), 0, still.pixels().length);
    footage.shots.to(moment);
    for (Cell each : cells) {
      draw(canvas, each, footage.shots.of(each.strip().layer(), moment));
    }
    int sample = footage.samples.at(moment);
    long iteration = sample < 0 ? (long) moment : footage.samples.iteration(sample);
    head(canvas, iteration, sample);
    curve.draw(canvas, moment, sample);
    remark(canvas, moment);
    int top = canvas.height() - stampSide() * 2;
    Stamp.draw(canvas, Math.round(MARGIN * ratio), top, stampSide(), iteration, theme);
  }

  /** Of a cell of the stamp, in pixels. */
  private int stampSide() {
    return stampSide(still.height());
  }

  static int stampSide(int height) {
    return Math.max(2, Math.round(height / 180f));
  }

  static int stampLeft(int height) {
    return Math.round(MARGIN * height / 720f);
  }

  static int stampTop(int height) {
    return height - 2 * stampSide(height);
  }

  private void draw(Canvas canvas, Cell cell, @Nullable LayerMap map) {
    boolean isThere =
        map != null
            && (!(footage.field instanceof dev.alidade.server.picture.Field.Group group)
                || group.group() < map.groups());
    String range = "";
    if (map != null && isThere) {
      Detail detail = cells.size() == 1 ? Detail.FOCUS : Detail.MINI;
      cell.painter().paint(canvas, cell.place(), map, footage.field, detail, cell.strip().extent());
      String sign = map.isSigned(footage.field) ? "\u00b1" : "";
      range = "  " + sign + MapSheet.figure(map.range(footage.field));
    }
    float middle = (cell.place().left() + cell.place().side() / 2f) / ratio;
    float base = (cell.place().top() + cell.place().side()) / ratio + 13;
    float most = cell.place().side() / ratio - Lettering.width(range, 7.5f);
    String name = Lettering.fitting(cell.strip().name(), 7.5f, most);
    // The name stays in its place while the figure beside it changes.
    float left =
        middle - (Lettering.width(name, 7.5f) + Lettering.width("  \u00b10.000", 7.5f)) / 2;
    text(canvas, name, left, base, 7.5f, theme.ink);
    float beside = left + Lettering.width(name + " ", 7.5f);
    text(canvas, range, beside, base, 7.5f, theme.muted);
  }

  private void head(Canvas canvas, long iteration, int sample) {
    float right = still.width() / ratio - MARGIN;
    right(canvas, grouped(iteration), right, 30, 13, theme.ink);
    float next = right - Math.max(110, Lettering.width(grouped(iteration), 13) + 12);
    right(canvas, "it", next, 30, 9, theme.muted);
    if (sample < 0) {
      return;
    }
    right(canvas, "epoch " + footage.samples.epoch(sample), next - 26, 30, 9, theme.muted);
    double score = footage.samples.score(sample);
    right(canvas, "score " + Curve.figure(score), next - 100, 30, 9, theme.muted);
  }

  /** Thousands apart, as on the page. */
  static String grouped(long value) {
    return String.format(java.util.Locale.ROOT, "%,d", value).replace(',', ' ');
  }

  /** The newest remark, for a twelfth of the film. */
  private void remark(Canvas canvas, double moment) {
    Remark newest = null;
    double span = Math.max(1, (footage.to - footage.from) / 12.0);
    for (Remark each : footage.remarks) {
      if (each.iteration() <= moment && each.iteration() > moment - span) {
        newest = each;
      }
    }
    if (newest == null) {
      return;
    }
    float width = still.width() / ratio - 3 * MARGIN - LEGEND - 60;
    String at = "it " + grouped(newest.iteration()) + "  ";
    String text = Lettering.fitting(at + newest.text(), 7.5f, width);
    float base = still.height() / ratio - FOOT + 22;
    text(canvas, text, MARGIN + 60, base, 7.5f, newest.isAlert() ? theme.accent : theme.muted);
  }
}
