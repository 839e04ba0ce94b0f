package dev.alidade.listener.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowTurnsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private final SlowTurns turns = new SlowTurns(0.1);

  /** A minute of 100 looks a second at so many pieces of work; the CPU that it took. */
  private long minute(int pieces, long cost, int[] done) {
    long spent = 0;
    for (long now = 0; now < 60 * SECOND; now += SECOND / 100) {
      for (int piece = 0; piece < pieces; piece++) {
        if (turns.due("work " + piece, now)) {
          turns.took("work " + piece, now, cost);
          spent += cost;
          done[piece]++;
        }
      }
    }
    return spent;
  }

  @Test
  void allWorkTogether_takesAFifthOfTheBudget_andEachHasItsTurn() {
    int[] done = new int[6];
    long spent = minute(6, SECOND / 50, done);
    assertThat((double) spent / SECOND).isBetween(0.9, 1.4); // .2 of .1 of 60 s, and a first round
    assertThat(Arrays.stream(done).max().getAsInt() - Arrays.stream(done).min().getAsInt())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void manyLayers_doNotAllBeginAtOnce() {
    int first = 0;
    for (int piece = 0; piece < 100; piece++) {
      first += turns.due("work " + piece, 0) ? 1 : 0;
    }
    assertThat(first).isEqualTo(8);
  }

  @Test
  void cheapWork_comesOften() {
    int[] done = new int[1];
    minute(1, SECOND / 10_000, done);
    assertThat(done[0]).isGreaterThan(5000);
  }

  @Test
  void firstTurn_isDueAtOnce() {
    assertThat(turns.due("any", Long.MAX_VALUE - 5)).isTrue();
  }
}
