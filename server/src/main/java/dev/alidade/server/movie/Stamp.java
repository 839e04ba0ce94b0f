package dev.alidade.server.movie;

import dev.alidade.server.picture.Canvas;
import dev.alidade.server.picture.Theme;

/**
 * The iteration of a frame as a row of cells that a program reads back, also after lossy encoding:
 * two cells that show what one and zero look like, forty bits of the iteration, the highest first,
 * and eight of a check sum.
 */
public final class Stamp {
  static final int BITS = 40;
  static final int CHECK = 8;
  static final int CELLS = 2 + BITS + CHECK;

  private Stamp() {}

  static void draw(Canvas canvas, int left, int top, int side, long iteration, Theme theme) {
    long bits = (1L << (BITS + CHECK + 1)) | (iteration & mask()) << CHECK | check(iteration);
    for (int cell = 0; cell < CELLS; cell++) {
      boolean isOne = (bits >> (CELLS - 1 - cell) & 1) == 1;
      int x = left + cell * side;
      canvas.fill(x, top, x + side, top + side, isOne ? theme.muted : theme.ground);
    }
  }

  /** What was drawn there; -1 when the check sum says that nothing readable was. */
  static long read(Canvas canvas, int left, int top, int side) {
    int one = light(canvas, left, top, side);
    int zero = light(canvas, left + side, top, side);
    long bits = 0;
    for (int cell = 2; cell < CELLS; cell++) {
      int light = light(canvas, left + cell * side, top, side);
      bits = bits << 1 | (Math.abs(light - one) < Math.abs(light - zero) ? 1 : 0);
    }
    long iteration = bits >> CHECK;
    return Math.abs(one - zero) > 40 && check(iteration) == (bits & 0xff) ? iteration : -1;
  }

  private static int light(Canvas canvas, int left, int top, int side) {
    int rgb = canvas.pixels()[(top + side / 2) * canvas.width() + left + side / 2];
    return ((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 3;
  }

  private static long mask() {
    return (1L << BITS) - 1;
  }

  private static long check(long iteration) {
    long sum = 0xa5;
    for (int shift = 0; shift < BITS; shift += 8) {
      sum = (sum * 31 + (iteration >> shift & 0xff)) & 0xff;
    }
    return sum;
  }
}
