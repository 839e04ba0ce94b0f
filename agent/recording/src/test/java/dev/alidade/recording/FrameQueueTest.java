package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.ORIGIN;
import static dev.alidade.recording.TestFrames.numbers;
import static dev.alidade.recording.TestFrames.units;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.wire.proto.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
  private static final WriterOptions SMALL = WriterOptions.defaults().withQueueBytes(100_000);

  private static void assertNothingIsUnaccounted(FrameQueue queue) {
    Account account = queue.account();
    assertThat(account.offered())
        .isEqualTo(account.stored() + account.queued() + account.droppedTotal());
  }

  @Test
  void a_full_queue_drops_and_counts_and_remembers_the_gap() throws Exception {
    FrameQueue queue = new FrameQueue(SMALL, 0, false);
    for (long seq = 1; seq <= 20; seq++) {
      assertThat(queue.offer(units(seq, 10_000))).isEqualTo(seq <= 7);
    }

    Account account = queue.account();
    assertThat(account.queued()).isEqualTo(7);
    assertThat(account.queuedBytes()).isBetween(70_000L, 75_000L);
    assertThat(account.dropped()).isEqualTo(Map.of("queue_full", 13L));
    assertNothingIsUnaccounted(queue);
    assertThat(queue.next().gaps())
        .extracting(
            StoredGap::kind,
            StoredGap::fromSeq,
            StoredGap::toSeq,
            StoredGap::frames,
            StoredGap::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(18, 8L, 20L, 13L, "queue_full"));
  }

  @Test
  void events_still_fit_when_pictures_no_longer_do() {
    FrameQueue queue = new FrameQueue(SMALL, 0, false);
    long pictures = 0;
    while (queue.offer(units(++pictures, 1_000))) {}

    long events = 0;
    while (queue.offer(numbers(++events))) {}

    assertThat(queue.account().queuedBytes()).isGreaterThan(99_000).isLessThanOrEqualTo(100_000);
    assertThat(events).isGreaterThan(100);
    assertNothingIsUnaccounted(queue);
  }

  @Test
  void a_file_near_its_bound_takes_numbers_after_pictures_and_marks_after_numbers() {
    WriterOptions bounded = WriterOptions.defaults().withMostBytes(10 << 20);

    assertThat(new FrameQueue(bounded, 9_400_000, false).offer(units(1, 100))).isTrue();
    FrameQueue fuller = new FrameQueue(bounded, 9_500_000, false);
    assertThat(fuller.offer(units(1, 100))).isFalse();
    assertThat(fuller.offer(numbers(1))).isTrue();
    FrameQueue full = new FrameQueue(bounded, 10_400_000, false);
    assertThat(full.offer(numbers(1))).isFalse();
    assertThat(full.offer(TestFrames.note(1))).isTrue();
    assertThat(new FrameQueue(bounded, 10 << 20, false).offer(TestFrames.note(1))).isFalse();
    assertThat(fuller.account().dropped()).isEqualTo(Map.of("spool_full", 1L));
  }

  @Test
  void a_batch_stays_queued_until_it_is_committed() throws Exception {
    FrameQueue queue = new FrameQueue(SMALL, 0, false);
    for (long seq = 1; seq <= FrameQueue.MOST_BATCH + 1; seq++) {
      queue.offer(numbers(seq));
    }

    Batch batch = queue.next();
    assertThat(batch.frames()).hasSize(FrameQueue.MOST_BATCH);
    assertThat(queue.account().queued()).isEqualTo(FrameQueue.MOST_BATCH + 1);
    queue.committed(batch, new Log.Commit(64, 3, 4096, false));

    Account account = queue.account();
    assertThat(account.queued()).isEqualTo(1);
    assertThat(account.stored()).isEqualTo(FrameQueue.MOST_BATCH);
    assertThat(account.resent()).isEqualTo(3);
    assertThat(account.fileBytes()).isEqualTo(4096);
    assertNothingIsUnaccounted(queue);
  }

  @Test
  void what_is_offered_after_closing_or_left_behind_is_counted() throws Exception {
    FrameQueue queue = new FrameQueue(SMALL, 0, false);
    queue.offer(numbers(1));
    queue.offer(numbers(2));
    queue.close();
    assertThat(queue.offer(numbers(3))).isFalse();
    assertThat(queue.next().frames()).hasSize(2);
    queue.failed("disk is full");
    queue.abandon();

    assertThat(queue.account().dropped()).isEqualTo(Map.of("closed", 1L, "disk", 2L));
    assertThat(queue.account().failure()).isEqualTo("disk is full");
    assertThat(queue.account().queuedBytes()).isZero();
    assertNothingIsUnaccounted(queue);
    assertThat(queue.flush(Duration.ofSeconds(30))).isFalse();
  }

  @Test
  void acknowledgements_are_joined_to_the_highest() throws Exception {
    FrameQueue queue = new FrameQueue(SMALL, 0, false);
    Batch.Stream stream = new Batch.Stream(0, ORIGIN.incarnation(), Kind.KIND_NUMBERS_VALUE);
    for (long seq : List.of(3L, 7L, 5L)) {
      queue.acknowledge(stream, seq);
    }

    assertThat(queue.next().uploads()).isEqualTo(Map.of(stream, 7L));
  }

  @Test
  void the_account_balances_after_every_step_of_a_random_history() throws Exception {
    Random random = new Random(7);
    FrameQueue queue = new FrameQueue(SMALL, 0, false);
    for (long seq = 1; seq <= 3_000; seq++) {
      queue.offer(random.nextBoolean() ? units(seq, random.nextInt(5_000)) : numbers(seq));
      assertNothingIsUnaccounted(queue);
      if (random.nextInt(30) == 0) {
        queue.committed(queue.next(), new Log.Commit(seq, 0, 0, false));
        assertNothingIsUnaccounted(queue);
      }
    }
    assertThat(queue.account().stored()).isPositive();
    assertThat(queue.account().droppedTotal()).isPositive();
  }
}
