package dev.alidade.listener.send;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: full jitter, a uniform draw between the least pause and
 * a bound that doubles with each failure.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Brooker,
 *     Exponential backoff and jitter, 2015</a>
 */
final class Backoff {
  static final long LEAST_MILLIS = 250;
  static final long MOST_MILLIS = 10_000;

  private final RandomGenerator random;
  private long bound = 2 * LEAST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  long nextMillis() {
    long pause = random.nextLong(LEAST_MILLIS, bound + 1);
    bound = Math.min(2 * bound, MOST_MILLIS);
    return pause;
  }

  void reset() {
    bound = 2 * LEAST_MILLIS;
  }
}
