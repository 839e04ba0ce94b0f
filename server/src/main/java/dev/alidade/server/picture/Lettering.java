package dev.alidade.server.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small alphabet of strokes, as a plotter's, so that a caption needs no font of the machine.
 * Glyphs lie on a grid: capitals from row 0 to 6, small letters from row 2, tails down to row 8. A
 * stroke is a row of points, two digits each; one that starts with a tilde is rounded by cutting
 * corners (Chaikin 1974).
 */
public final class Lettering {
  private static final Map<Character, List<float[]>> GLYPHS = new HashMap<>();
  private static final float SPACE = 3;
  private static final float GAP = 1.9f;

  static {
    String[] rows = {
      "A 062046 1333|B 0006 ~003041423303 ~033344453606|C ~4130100105163645",
      "D 0006 ~002042442606|E 40000646 0333|F 400006 0333|G ~4130100105163645 454323",
      "H 0006 4046 0343|I 0006|J ~3035261605|K 0006 4004 1346|L 000646|M 0600234046",
      "N 06004640|O ~103041453616050110|P 0600 ~003041423303|Q ~103041453616050110 3446",
      "R 0600 ~003041423303 2346|S ~413010010213334445361605|T 0040 2026|U ~000516364540",
      "V 002640|W 0016315660|X 0046 4006|Y 002340 2326|Z 00400646",
      "0 ~103041453616050110|1 112026|2 ~011030414206 0646|3 ~01103041423323 ~23334445361605",
      "4 36300444|5 400003 ~03324345361605|6 ~413010010516364544331304|7 004016",
      "8 ~103041423313020110 ~133344453616050413|9 ~051636454130100102133342",
      "a 3236 ~3322120305162635|b 0006 ~0312223335261605|c ~3322120305162635",
      "d 3036 ~3322120305162635|e 0434 ~343322120305162635|f ~20101116 0222",
      "g ~3322120305162635 ~3237281807|h 0006 ~0312223336|i 0206 0000|j ~121708 1010",
      "k 0006 3205 1436|l ~000516|m 0206 ~03122326 ~23324346|n 0206 ~0312223336",
      "o ~122233352616050312|p 0208 ~0312223335261605|q 3238 ~3322120305162635|r 0206 ~031222",
      "s ~33221203142435261605|t ~101526 0222|u ~0205162635 3236|v 022642|w 0216233642",
      "x 0236 3206|y 0226 4218|z 02320636",
      ". 0606|, 0607|: 0303 0606|; 0303 0607|! 0004 0606|? ~01103041422324 2626|' 0001",
      "\" 0001 2021|( ~10020416|) ~00121406|[ 10000616|] 00101606|{ ~20101203141626",
      "} ~00101223141606|/ 0630|\\ 0036|- 0424|_ 0747|+ 2226 0444|= 0343 0545",
      "* 2125 0244 0442|# 1016 3036 0242 0444|% 0640 0101 4545|& ~4602011020310405162644",
      "$ ~413010010213334445361605 2026|< 320436|> 023406|^ 021022|` 0011",
      "\u00b7 0404|\u2212 0444|\u2013 0434|\u2026 0606 2626 4646|\u00b1 2125 0343 0646|\u00d7 0236 3206"
    };
    for (String row : rows) {
      for (String glyph : row.split("\\|")) {
        GLYPHS.put(glyph.charAt(0), strokes(glyph.substring(2)));
      }
    }
    GLYPHS.put('~', strokes("~0413243443"));
    GLYPHS.put('|', strokes("0008"));
    GLYPHS.put('@', strokes("~3433221304152534 ~34454431200105162646"));
    GLYPHS.put(' ', List.of());
  }

  private static final List<float[]> UNKNOWN = strokes("0030360600");

  private Lettering() {}

  /** One stroke placed on a sheet: x and y by turns. */
  interface Sink {
    void stroke(float[] points);
  }

  public static float width(String text, float capHeight) {
    float width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += advance(text.charAt(i));
    }
    return Math.max(0, width - GAP) * capHeight / 6;
  }

  /** As much of a text as fits, with an ellipsis where it was cut. */
  public static String fitting(String text, float capHeight, float most) {
    if (width(text, capHeight) <= most) {
      return text;
    }
    int length = text.length();
    while (length > 0 && width(text.substring(0, length) + "\u2026", capHeight) > most) {
      length--;
    }
    return text.substring(0, length) + "\u2026";
  }

  /** Hands over the strokes of a text whose base line starts at a point. */
  static void write(String text, float left, float base, float capHeight, Sink sink) {
    float scale = capHeight / 6;
    float at = left;
    for (int i = 0; i < text.length(); i++) {
      for (float[] stroke : glyph(text.charAt(i))) {
        float[] placed = new float[stroke.length];
        for (int p = 0; p < stroke.length; p += 2) {
          placed[p] = at + stroke[p] * scale;
          placed[p + 1] = base + (stroke[p + 1] - 6) * scale;
        }
        sink.stroke(placed);
      }
      at += advance(text.charAt(i)) * scale;
    }
  }

  /** Draws a text: every pixel is covered as far as it lies within half a pen of a stroke. */
  public static void draw(
      Canvas canvas, String text, float left, float base, float capHeight, int rgb, float alpha) {
    Pen pen = new Pen(canvas, pen(capHeight), rgb, alpha);
    write(text, left, base, capHeight, pen::draw);
  }

  /** Width of the pen for letters of a height. */
  static float pen(float capHeight) {
    return Math.max(1.1f, capHeight * 0.135f);
  }

  private static List<float[]> glyph(char letter) {
    return GLYPHS.getOrDefault(letter, UNKNOWN);
  }

  private static float advance(char letter) {
    if (letter == ' ') {
      return SPACE;
    }
    float most = 0;
    for (float[] stroke : glyph(letter)) {
      for (int i = 0; i < stroke.length; i += 2) {
        most = Math.max(most, stroke[i]);
      }
    }
    // Figures stand in columns.
    return (letter >= '0' && letter <= '9' ? 4 : most) + GAP;
  }

  private static List<float[]> strokes(String text) {
    List<float[]> strokes = new ArrayList<>();
    for (String each : text.split(" ")) {
      boolean isRound = each.startsWith("~");
      String digits = isRound ? each.substring(1) : each;
      float[] points = new float[digits.length() / 2 * 2];
      for (int i = 0; i < points.length; i++) {
        points[i] = digits.charAt(i) - '0';
      }
      strokes.add(isRound ? rounded(rounded(points)) : points);
    }
    return strokes;
  }

  private static float[] rounded(float[] points) {
    int count = points.length / 2;
    boolean isClosed = points[0] == points[2 * count - 2] && points[1] == points[2 * count - 1];
    List<Float> cut = new ArrayList<>();
    if (!isClosed) {
      add(cut, points[0], points[1]);
    }
    for (int i = 0; i + 1 < count; i++) {
      float dx = points[2 * i + 2] - points[2 * i];
      float dy = points[2 * i + 3] - points[2 * i + 1];
      if (isClosed || i > 0) {
        add(cut, points[2 * i] + dx / 4, points[2 * i + 1] + dy / 4);
      }
      if (isClosed || i + 2 < count) {
        add(cut, points[2 * i] + dx * 3 / 4, points[2 * i + 1] + dy * 3 / 4);
      }
    }
    add(
        cut,
        isClosed ? cut.get(0) : points[2 * count - 2],
        isClosed ? cut.get(1) : points[2 * count - 1]);
    float[] result = new float[cut.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = cut.get(i);
    }
    return result;
  }

  private static void add(List<Float> points, float x, float y) {
    points.add(x);
    points.add(y);
  }

  /** A round pen. */
  private record Pen(Canvas canvas, float width, int rgb, float alpha) {
    void draw(float[] points) {
      float reach = width / 2 + 1;
      int left = Integer.MAX_VALUE;
      int top = Integer.MAX_VALUE;
      int right = 0;
      int bottom = 0;
      for (int i = 0; i < points.length; i += 2) {
        left = Math.min(left, (int) Math.floor(points[i] - reach));
        right = Math.max(right, (int) Math.ceil(points[i] + reach));
        top = Math.min(top, (int) Math.floor(points[i + 1] - reach));
        bottom = Math.max(bottom, (int) Math.ceil(points[i + 1] + reach));
      }
      for (int y = Math.max(0, top); y < Math.min(canvas.height(), bottom); y++) {
        for (int x = Math.max(0, left); x < Math.min(canvas.width(), right); x++) {
          float cover = width / 2 + 0.5f - distance(points, x + 0.5f, y + 0.5f);
          if (cover > 0) {
            canvas.blend(x, y, rgb, Math.min(1, cover) * alpha);
          }
        }
      }
    }

    private static float distance(float[] points, float x, float y) {
      double least = Double.MAX_VALUE;
      for (int i = 0; i + 3 < Math.max(4, points.length); i += 2) {
        float dx = points[i + 2] - points[i];
        float dy = points[i + 3] - points[i + 1];
        float length = dx * dx + dy * dy;
        float t = length == 0 ? 0 : ((x - points[i]) * dx + (y - points[i + 1]) * dy) / length;
        t = Math.min(1, Math.max(0, t));
        least = Math.min(least, Math.hypot(x - points[i] - t * dx, y - points[i + 1] - t * dy));
      }
      return (float) least;
    }
  }
}
