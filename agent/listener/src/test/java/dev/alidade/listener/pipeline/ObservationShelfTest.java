package dev.alidade.listener.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ObservationShelfTest {
  private static final long START = 12_345;

  private static boolean opens(ObservationShelf shelf, long second, boolean room) {
    shelf.open(List.of(), START + TimeUnit.SECONDS.toNanos(second), room);
    return shelf.isOpen();
  }

  /** The seconds at which something is kept when a sample comes at each. */
  private static List<Long> kept(ObservationShelf shelf, long from, long to) {
    List<Long> kept = new ArrayList<>();
    for (long second = from; second <= to; second++) {
      if (opens(shelf, second, true)) {
        kept.add(second);
        shelf.close(START + TimeUnit.SECONDS.toNanos(second));
      }
    }
    return kept;
  }

  @Test
  void rare_isEarlyAndThenOnceAMinute() {
    assertThat(kept(new ObservationShelf(64, Keep.RARE), 0, 250))
        .containsExactly(0L, 8L, 30L, 60L, 120L, 180L, 240L);
  }

  @Test
  void rare_afterAPauseOfTheTraining_isOneAndNotAllThatWereMissed() {
    ObservationShelf shelf = new ObservationShelf(64, Keep.RARE);
    assertThat(kept(shelf, 0, 1)).containsExactly(0L);
    assertThat(kept(shelf, 500, 650)).containsExactly(500L, 540L, 600L);
  }

  @Test
  void rare_waitsForRoomInTheBudget() {
    ObservationShelf shelf = new ObservationShelf(64, Keep.RARE);
    assertThat(opens(shelf, 0, false)).isFalse();
    assertThat(opens(shelf, 1, true)).isTrue();
  }

  @Test
  void all_areKept_andNone() {
    assertThat(kept(new ObservationShelf(64, Keep.ALL), 3, 6)).containsExactly(3L, 4L, 5L, 6L);
    assertThat(kept(new ObservationShelf(64, Keep.NONE), 0, 200)).isEmpty();
  }

  @Test
  void skippedSample_isNotKept() {
    ObservationShelf shelf = new ObservationShelf(64, Keep.ALL);
    assertThat(opens(shelf, 0, true)).isTrue();
    shelf.skip();
    assertThat(shelf.isOpen()).isFalse();
  }
}
