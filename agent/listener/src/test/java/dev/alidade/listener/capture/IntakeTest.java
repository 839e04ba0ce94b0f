package dev.alidade.listener.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final int SAMPLE_FLOATS = 256;

  private static Sample fill(Sample sample, long iteration) {
    sample.begin(1, iteration);
    sample.layer(0).reserve(SAMPLE_FLOATS, Element.FLOAT);
    return sample;
  }

  /** Any interleaving of the two threads' steps. */
  @Property(tries = 300)
  void counts_alwaysAddUp(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 5) Integer> steps,
      @ForAll @IntRange(min = 1, max = 6) int room)
      throws InterruptedException {
    Intake intake = new Intake((long) room * SAMPLE_FLOATS * Float.BYTES);
    Deque<Sample> filling = new ArrayDeque<>();
    Deque<Sample> analysing = new ArrayDeque<>();
    List<Long> taken = new ArrayList<>();
    for (int step : steps) {
      switch (step) {
        case 0, 1 -> {
          Sample sample = intake.begin();
          if (sample != null) {
            filling.add(fill(sample, 0));
          }
        }
        case 2 -> {
          if (!filling.isEmpty()) {
            intake.put(filling.poll());
          }
        }
        case 3 -> {
          if (!filling.isEmpty()) {
            intake.abandon(filling.poll(), Intake.INCOMPLETE);
          }
        }
        case 4 -> {
          Sample sample = intake.take(0);
          if (sample != null) {
            taken.add(sample.seq());
            analysing.add(sample);
          }
        }
        default -> {
          if (!analysing.isEmpty()) {
            intake.release(analysing.poll(), "");
          }
        }
      }
      Intake.Counts counts = intake.counts();
      assertThat(counts.stored() + counts.inFlight() + counts.droppedTotal())
          .isEqualTo(counts.offered());
      assertThat(counts.inFlight()).isEqualTo(filling.size() + intake.depth() + analysing.size());
    }
    assertThat(taken).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void fullQueue_dropsTheOldest_andSaysWhich() throws InterruptedException {
    Intake intake = new Intake(3L * SAMPLE_FLOATS * Float.BYTES);
    for (long iteration = 0; iteration < 5; iteration++) {
      intake.put(fill(intake.begin(), iteration));
    }
    assertThat(intake.missing()).containsExactly(new Intake.Missing(1, 2, Intake.QUEUE_FULL));
    assertThat(intake.take(0).iteration()).isEqualTo(2);
    assertThat(intake.take(0).iteration()).isEqualTo(3);
    assertThat(intake.take(0).iteration()).isEqualTo(4);
    assertThat(intake.take(0)).isNull();
  }

  @Test
  void everySampleInUse_dropsTheNewOne() {
    Intake intake = new Intake(1L * SAMPLE_FLOATS * Float.BYTES);
    Sample only = fill(intake.begin(), 0);
    intake.abandon(only, Intake.INCOMPLETE);
    assertThat(intake.begin()).isSameAs(only);
    assertThat(intake.begin()).isNull();
    assertThat(intake.counts().dropped())
        .containsEntry(Intake.QUEUE_FULL, 1L)
        .containsEntry(Intake.INCOMPLETE, 1L);
  }

  @Test
  void afterClose_nothingBegins_andWhatIsPutIsDropped() throws InterruptedException {
    Intake intake = new Intake(1 << 20);
    Sample begun = fill(intake.begin(), 0);
    intake.close();
    intake.put(begun);
    assertThat(intake.begin()).isNull();
    assertThat(intake.take(Long.MAX_VALUE)).isNull();
    assertThat(intake.counts().dropped()).containsEntry(Intake.CLOSED, 1L);
  }
}
