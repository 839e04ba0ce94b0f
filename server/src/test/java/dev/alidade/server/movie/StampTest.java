package dev.alidade.server.movie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.server.picture.Canvas;
import dev.alidade.server.picture.Theme;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class StampTest {
  @Property(tries = 200)
  void what_was_drawn_is_read_back(
      @ForAll @LongRange(min = 0, max = (1L << Stamp.BITS) - 1) long iteration,
      @ForAll Theme theme) {
    Canvas canvas = new Canvas(400, 20);
    canvas.fill(theme.ground);

    Stamp.draw(canvas, 10, 5, 5, iteration, theme);

    assertThat(Stamp.read(canvas, 10, 5, 5)).isEqualTo(iteration);
  }

  @Property(tries = 100)
  void a_cell_that_is_wrong_is_noticed(
      @ForAll @LongRange(min = 0, max = Stamp.BITS - 1) long cell) {
    Canvas canvas = new Canvas(400, 20);
    canvas.fill(Theme.DARK.ground);
    Stamp.draw(canvas, 10, 5, 5, 123_456, Theme.DARK);
    int left = (int) (10 + 5 * (2 + cell));
    boolean isOne = canvas.pixels()[7 * 400 + left + 2] == Theme.DARK.muted;
    canvas.fill(left, 5, left + 5, 10, isOne ? Theme.DARK.ground : Theme.DARK.muted);

    assertThat(Stamp.read(canvas, 10, 5, 5)).isEqualTo(-1);
  }
}
