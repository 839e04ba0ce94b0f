package dev.alidade.listener.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void pauses_growToTenSeconds_andStayWithinTheirBounds() {
    Backoff backoff = new Backoff(new Random(1));
    long[] pauses = LongStream.range(0, 200).map(i -> backoff.nextMillis()).toArray();
    assertThat(pauses[0]).isBetween(250L, 500L);
    assertThat(LongStream.of(pauses).max().orElseThrow()).isBetween(9_500L, 10_000L);
    assertThat(LongStream.of(pauses).min().orElseThrow()).isGreaterThanOrEqualTo(250);
    // Full jitter: the mean of a uniform draw, not a wall of equal pauses.
    assertThat(LongStream.of(pauses).skip(10).average().orElseThrow()).isBetween(4_500.0, 5_750.0);
    backoff.reset();
    assertThat(backoff.nextMillis()).isBetween(250L, 500L);
  }
}
