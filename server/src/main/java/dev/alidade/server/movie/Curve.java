package dev.alidade.server.movie;

import dev.alidade.server.picture.Canvas;
import dev.alidade.server.picture.Lettering;
import dev.alidade.server.picture.MapSheet;
import dev.alidade.server.picture.Theme;

/**
 * The score over the whole film, faint; what has been seen of it, plain; marks where something was
 * noted or went wrong. On a logarithmic scale when the largest score is fifty times the smallest.
 */
final class Curve {
  private static final double LOGARITHMIC_FROM = 50;

  /** Where it goes, in pixels; ratio is pixels per point. */
  record Box(int left, int top, int right, int bottom, float ratio) {}

  private final Footage footage;
  private final Theme theme;
  private final Box box;
  private final boolean isLogarithmic;
  private final double least;
  private final double most;
  private final float[] heights;

  Curve(Footage footage, Theme theme, Box box) {
    this.footage = footage;
    this.theme = theme;
    this.box = box;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < footage.samples.count(); i++) {
      double score = footage.samples.score(i);
      if (Double.isFinite(score)) {
        low = Math.min(low, score);
        high = Math.max(high, score);
      }
    }
    least = low;
    most = high;
    isLogarithmic = low > 0 && high > low * LOGARITHMIC_FROM;
    heights = heights();
  }

  static String figure(double score) {
    return Double.isFinite(score) ? MapSheet.figure((float) score) : String.valueOf(score);
  }

  /** Of each column of pixels, from its last sample; NaN where there is none or no number. */
  private float[] heights() {
    float[] all = new float[Math.max(1, box.right() - box.left())];
    for (int column = 0; column < all.length; column++) {
      int sample = footage.samples.at(moment(column));
      all[column] = sample < 0 ? Float.NaN : height(footage.samples.score(sample));
    }
    return all;
  }

  private double moment(int column) {
    double columns = Math.max(1, box.right() - box.left() - 1);
    return footage.from + (footage.to - footage.from) * (column / columns);
  }

  private int column(double moment) {
    double share =
        footage.to == footage.from ? 1 : (moment - footage.from) / (footage.to - footage.from);
    return (int) Math.round(share * (box.right() - box.left() - 1));
  }

  private float height(double score) {
    if (!Double.isFinite(score)) {
      return Float.NaN;
    }
    double share =
        most <= least
            ? 0.5
            : isLogarithmic
                ? Math.log(score / least) / Math.log(most / least)
                : (score - least) / (most - least);
    float edge = 3 * box.ratio();
    return (float) (box.bottom() - edge - share * (box.bottom() - box.top() - 2 * edge));
  }

  void drawStill(Canvas canvas) {
    float ratio = box.ratio();
    int thin = Math.max(1, Math.round(ratio * 0.7f));
    int rule = Canvas.mix(theme.ground, theme.muted, 0.35f);
    canvas.fill(box.left(), box.bottom(), box.right(), box.bottom() + thin, rule);
    line(canvas, 0, heights.length, 0.9f * ratio, Canvas.mix(theme.ground, theme.muted, 0.5f));
    float cap = 6.5f * ratio;
    float base = box.bottom() + 13 * ratio;
    String first = "it " + Scene.grouped(footage.from);
    String last = Scene.grouped(footage.to);
    Lettering.draw(canvas, first, box.left(), base, cap, theme.muted, 1);
    float end = box.right() - Lettering.width(last, cap);
    Lettering.draw(canvas, last, end, base, cap, theme.muted, 1);
    String name = isLogarithmic ? "score, log" : "score";
    Lettering.draw(canvas, name, box.left(), box.top() - 12 * ratio, 7.5f * ratio, theme.ink, 1);
    if (most >= least) {
      float at = box.right() + 6 * ratio;
      Lettering.draw(canvas, figure(most), at, box.top() + 6 * ratio, cap, theme.muted, 1);
      if (most > least) {
        Lettering.draw(canvas, figure(least), at, box.bottom(), cap, theme.muted, 1);
      }
    }
    for (Remark each : footage.remarks) {
      mark(canvas, each);
    }
  }

  private void mark(Canvas canvas, Remark remark) {
    float ratio = box.ratio();
    int x = box.left() + column((double) remark.iteration());
    int thin = Math.max(1, Math.round(ratio));
    int colour = remark.isAlert() ? theme.accent : Canvas.mix(theme.ground, theme.muted, 0.6f);
    int top = box.top() - Math.round(3 * ratio);
    canvas.fill(x, top, x + thin, box.bottom(), Canvas.mix(theme.ground, colour, 0.55f));
    // A triangle that points at the line of an alert; a square for a note.
    int half = Math.round(4 * ratio);
    for (int row = 0; row < half; row++) {
      int wide = remark.isAlert() ? half - row : half / 2;
      int y = top - half + row;
      canvas.fill(x - wide + thin / 2, y, x + wide + (thin + 1) / 2, y + 1, colour);
    }
  }

  void draw(Canvas canvas, double moment, int sample) {
    float ratio = box.ratio();
    int now = column(moment);
    line(canvas, 0, now + 1, 1.6f * ratio, theme.ink);
    int x = box.left() + now;
    int thin = Math.max(1, Math.round(ratio * 0.8f));
    canvas.fill(x, box.top(), x + thin, box.bottom(), Canvas.mix(theme.ground, theme.ink, 0.6f));
    if (sample >= 0) {
      dot(canvas, x + thin / 2f, height(footage.samples.score(sample)), 3.4f * ratio);
    }
  }

  /** Column by column: each covers the way from its neighbour's height to its own. */
  private void line(Canvas canvas, int from, int to, float wide, int rgb) {
    for (int column = from; column < Math.min(to, heights.length); column++) {
      float here = heights[column];
      float before = column == 0 || Float.isNaN(heights[column - 1]) ? here : heights[column - 1];
      if (Float.isNaN(here)) {
        continue;
      }
      float top = Math.min(here, before) - wide / 2;
      float bottom = Math.max(here, before) + wide / 2;
      for (int y = (int) Math.floor(top); y < bottom; y++) {
        float cover = Math.min(y + 1, bottom) - Math.max(y, top);
        canvas.blend(box.left() + column, y, rgb, cover);
      }
    }
  }

  private void dot(Canvas canvas, float x, float y, float radius) {
    if (Float.isNaN(y)) {
      return;
    }
    for (int row = (int) (y - radius - 1); row <= y + radius + 1; row++) {
      for (int column = (int) (x - radius - 1); column <= x + radius + 1; column++) {
        double away = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        if (away < radius + 0.5 && row >= 0 && row < canvas.height() && column >= 0) {
          canvas.blend(column, row, theme.accent, (float) Math.min(1, radius + 0.5 - away));
        }
      }
    }
  }
}
