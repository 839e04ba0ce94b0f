package dev.alidade.examples.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * How people write the ten digits: for each a few ways, each a path in the unit square (y
 * downwards).
 *
 * <p>The notation is the beginning of SVG's: {@code M} lifts the pen and sets it down, {@code L}
 * draws a line, {@code C} a cubic Bézier curve.
 */
final class Glyphs {
  /** A path: per step its command and its points (x, y, x, y …): M and L one point, C three. */
  static final class Path {
    final char[] commands;
    final float[] points;

    private Path(char[] commands, float[] points) {
      this.commands = commands;
      this.points = points;
    }
  }

  private static final String[][] SHAPES = {
    {
      "M .50 .02 C .20 .02 .12 .30 .12 .52 C .12 .80 .28 .98 .50 .98 C .74 .98 .88 .75 .88 .48"
          + " C .88 .22 .76 .02 .50 .02",
      "M .60 .06 C .30 -.04 .10 .28 .12 .58 C .14 .90 .40 1.02 .62 .92 C .86 .80 .92 .46 .84 .24"
          + " C .78 .06 .62 .00 .46 .12",
    },
    {
      "M .50 .00 C .50 .30 .50 .70 .50 1.0",
      "M .30 .24 C .38 .18 .48 .10 .54 .00 C .54 .30 .53 .70 .52 1.0",
      "M .30 .22 L .52 .02 C .53 .30 .52 .70 .52 .98 M .28 .98 L .76 .97",
    },
    {
      "M .16 .24 C .20 .02 .48 -.04 .66 .04 C .88 .14 .84 .38 .68 .56 C .52 .74 .30 .86 .14 .98"
          + " C .40 .97 .65 .97 .90 .96",
      "M .18 .22 C .26 .00 .58 -.04 .74 .12 C .90 .30 .70 .60 .50 .78 C .34 .94 .14 1.02 .14 .88"
          + " C .14 .74 .36 .76 .50 .86 C .66 .97 .80 1.0 .92 .88",
    },
    {
      "M .18 .12 C .34 -.04 .78 -.02 .78 .22 C .78 .42 .56 .48 .40 .48 C .62 .48 .88 .54 .86 .76"
          + " C .84 1.0 .36 1.04 .14 .86",
      "M .18 .05 C .40 .05 .60 .04 .80 .04 L .46 .42 C .74 .40 .88 .56 .86 .74"
          + " C .84 1.0 .38 1.04 .14 .88",
    },
    {
      "M .24 .02 C .20 .22 .16 .38 .14 .54 C .40 .56 .66 .52 .90 .50 M .72 .04"
          + " C .70 .36 .68 .70 .64 1.0",
      "M .68 1.0 C .68 .66 .68 .33 .68 .00 C .48 .24 .28 .46 .10 .66 C .36 .67 .64 .66 .92 .65",
    },
    {
      "M .82 .03 C .64 .04 .46 .03 .30 .04 C .28 .18 .24 .32 .22 .44 C .50 .32 .86 .40 .84 .70"
          + " C .82 1.0 .40 1.04 .14 .88",
      "M .28 .06 C .26 .20 .24 .32 .22 .42 C .46 .34 .82 .42 .80 .70 C .78 .96 .44 1.06 .14 .90"
          + " M .28 .06 C .46 .06 .66 .03 .88 .00",
    },
    {
      "M .72 .02 C .44 .12 .16 .42 .16 .70 C .16 .92 .34 1.0 .52 .98 C .74 .96 .86 .82 .82 .66"
          + " C .76 .46 .34 .48 .20 .74",
      "M .58 .00 C .30 .20 .10 .60 .22 .84 C .36 1.06 .78 1.0 .80 .76 C .80 .54 .50 .50 .26 .70",
    },
    {
      "M .14 .08 C .36 .06 .60 .05 .86 .04 C .70 .34 .52 .64 .42 1.0",
      "M .14 .08 C .36 .06 .60 .05 .86 .04 C .72 .34 .54 .64 .40 1.0 M .32 .52 L .78 .49",
      "M .14 .24 L .17 .06 C .40 .08 .64 .06 .84 .03 C .72 .30 .58 .60 .56 1.0",
    },
    {
      "M .78 .16 C .60 -.06 .22 .00 .24 .22 C .26 .44 .80 .52 .80 .78 C .80 1.02 .22 1.04 .20 .78"
          + " C .18 .52 .80 .42 .80 .18 C .78 .10 .74 .06 .66 .05",
      "M .52 .00 C .24 .00 .24 .46 .50 .46 C .78 .46 .78 .00 .52 .00 M .50 .46"
          + " C .10 .46 .10 1.0 .50 1.0 C .90 1.0 .90 .46 .50 .46",
    },
    {
      "M .80 .18 C .68 -.04 .22 -.02 .20 .26 C .20 .54 .70 .52 .80 .18 C .82 .50 .76 .80 .62 1.0",
      "M .76 .22 C .70 -.02 .26 -.06 .22 .24 C .20 .52 .66 .54 .76 .20 C .77 .46 .76 .72 .76 1.0",
      "M .78 .20 C .68 -.04 .22 -.02 .20 .26 C .20 .52 .68 .52 .78 .20 C .88 .60 .80 1.06 .26 .94",
    },
  };

  private static final List<List<Path>> PATHS = parse();

  private Glyphs() {}

  /** The ways to write a digit. */
  static List<Path> of(int digit) {
    return PATHS.get(digit);
  }

  private static List<List<Path>> parse() {
    List<List<Path>> all = new ArrayList<>();
    for (String[] ways : SHAPES) {
      List<Path> paths = new ArrayList<>();
      for (String way : ways) {
        paths.add(parse(way));
      }
      all.add(List.copyOf(paths));
    }
    return List.copyOf(all);
  }

  private static Path parse(String text) {
    StringBuilder commands = new StringBuilder();
    List<Float> points = new ArrayList<>();
    for (StringTokenizer t = new StringTokenizer(text); t.hasMoreTokens(); ) {
      String token = t.nextToken();
      if (Character.isLetter(token.charAt(0))) {
        commands.append(token.charAt(0));
      } else {
        points.add(Float.valueOf(token));
      }
    }
    float[] values = new float[points.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = points.get(i);
    }
    return new Path(commands.toString().toCharArray(), values);
  }
}
