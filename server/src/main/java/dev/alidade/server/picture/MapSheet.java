package dev.alidade.server.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * A map, or small multiples of one that share positions and range, with a caption below: layer and
 * field, iteration, and what the strongest colours stand for.
 */
public final class MapSheet {
  /** From this size on, dots and lines grow with the picture. */
  private static final float PLAIN_SIZE = 720;

  /** One map of the sheet and the words under it. */
  record Cell(Field field, String label) {}

  /** A cell where it goes. */
  record Placed(MapPainter.Place place, Cell cell, float labelBase) {}

  final LayerMap map;
  final List<Cell> cells;
  final String title;
  final long iteration;
  final Theme theme;
  final int width;
  final float ratio;
  private final int columns;

  MapSheet(LayerMap map, List<Cell> cells, String title, long iteration, MapQuery query) {
    this.map = map;
    this.cells = cells;
    this.title = title;
    this.iteration = iteration;
    this.theme = query.theme();
    this.width = query.size();
    this.ratio = Math.max(1, width / PLAIN_SIZE);
    this.columns = columns(cells.size());
  }

  /** About square, with as few empty places as possible. */
  static int columns(int cells) {
    int square = (int) Math.ceil(Math.sqrt(cells));
    int best = square;
    int fewest = Integer.MAX_VALUE;
    for (int columns = square; columns <= square + 1; columns++) {
      int empty = (cells + columns - 1) / columns * columns - cells;
      if (empty < fewest) {
        fewest = empty;
        best = columns;
      }
    }
    return best;
  }

  Detail detail() {
    return cells.size() == 1 ? Detail.FOCUS : Detail.MINI;
  }

  float capHeight() {
    return 8.5f * ratio;
  }

  float smallCapHeight() {
    return 7 * ratio;
  }

  private int side() {
    return width / columns;
  }

  private int labelHeight() {
    return cells.size() == 1 ? 0 : Math.round(18 * ratio);
  }

  int captionTop() {
    return (cells.size() + columns - 1) / columns * (side() + labelHeight());
  }

  int height() {
    return captionTop() + Math.round(52 * ratio);
  }

  List<Placed> placed() {
    return java.util.stream.IntStream.range(0, cells.size())
        .mapToObj(
            i -> {
              int left = i % columns * side();
              int top = i / columns * (side() + labelHeight());
              MapPainter.Place place = new MapPainter.Place(left, top, side(), ratio);
              return new Placed(place, cells.get(i), top + side() + 11 * ratio);
            })
        .toList();
  }

  /** The field of all cells, as far as colours and range go. */
  Field field() {
    return cells.get(0).field();
  }

  /** A piece of text on the sheet; x is its left end. */
  record Text(String text, float left, float base, float capHeight, boolean isFaint) {}

  /** All words. */
  List<Text> texts() {
    java.util.ArrayList<Text> texts = new java.util.ArrayList<>();
    for (Placed each : placed()) {
      String label = Lettering.fitting(each.cell().label(), smallCapHeight(), side() - 8 * ratio);
      float middle = each.place().left() + side() / 2f;
      float left = middle - Lettering.width(label, smallCapHeight()) / 2;
      texts.add(new Text(label, left, each.labelBase(), smallCapHeight(), false));
    }
    String at = "it " + iteration;
    float right = width - margin() - Lettering.width(at, capHeight());
    float base = captionTop() + 20 * ratio;
    String head = Lettering.fitting(title, capHeight(), right - 2 * margin());
    texts.add(new Text(head, margin(), base, capHeight(), false));
    texts.add(new Text(at, right, base, capHeight(), true));
    boolean isSigned = map.isSigned(field());
    String most = figure(map.range(field()));
    String least = isSigned ? "\u2212" + most : "0";
    float small = smallCapHeight();
    float figures = captionTop() + 39 * ratio;
    texts.add(new Text(least, margin(), figures, small, true));
    texts.add(new Text(most, barLeft() + barWidth() + 6 * ratio, figures, small, true));
    return texts;
  }

  float margin() {
    return 12 * ratio;
  }

  float barLeft() {
    String least = map.isSigned(field()) ? "\u2212" + figure(map.range(field())) : "0";
    return margin() + Lettering.width(least, smallCapHeight()) + 6 * ratio;
  }

  float barTop() {
    return captionTop() + 32 * ratio;
  }

  float barWidth() {
    return Math.min(140 * ratio, width * 0.4f);
  }

  float barHeight() {
    return 7 * ratio;
  }

  /** Colour of the bar at a share of its way. */
  int barColour(float share) {
    boolean isSigned = map.isSigned(field());
    return theme.colours(isSigned).of(isSigned ? 2 * share - 1 : share);
  }

  /** A range in three figures. */
  public static String figure(float value) {
    if (value != 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  // ------------------------------------------------------------------ drawing

  /** The whole sheet as pixels. */
  public Canvas canvas() {
    Canvas canvas = new Canvas(width, height());
    canvas.fill(theme.ground);
    MapPainter painter = new MapPainter(theme);
    for (Placed each : placed()) {
      painter.paint(canvas, each.place(), map, each.cell().field(), detail());
    }
    int left = Math.round(barLeft());
    int end = Math.round(barLeft() + barWidth());
    int top = Math.round(barTop());
    for (int x = left; x < end; x++) {
      int rgb = barColour((x - left + 0.5f) / (end - left));
      canvas.fill(x, top, x + 1, Math.round(barTop() + barHeight()), rgb);
    }
    for (Text each : texts()) {
      int rgb = each.isFaint() ? theme.muted : theme.ink;
      Lettering.draw(canvas, each.text(), each.left(), each.base(), each.capHeight(), rgb, 1);
    }
    return canvas;
  }

  public byte[] png() {
    return Png.of(canvas());
  }

  /** Two sheets side by side as one PNG. */
  public static byte[] beside(MapSheet left, MapSheet right) {
    int height = Math.max(left.height(), right.height());
    Canvas both = new Canvas(left.width + right.width, height);
    both.fill(left.theme.ground);
    both.draw(left.canvas(), 0);
    both.draw(right.canvas(), left.width);
    return Png.of(both);
  }

  public byte[] svg() {
    return new SvgSheet(this).bytes();
  }
}
