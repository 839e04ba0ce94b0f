package dev.alidade.analysis.layout.family;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** One computation under way: its lot, its deadline, and whether it is still wanted. */
final class Work {
  final SplittableRandom random;
  private final BooleanSupplier cancelled;
  private final long start = System.nanoTime();
  private final long limitNanos;

  Work(Duration limit, BooleanSupplier cancelled, long seed) {
    limitNanos = limit.toNanos();
    this.cancelled = cancelled;
    random = new SplittableRandom(seed);
  }

  /**
   * Whether there is time for another step.
   *
   * @throws CancellationException when nobody wants the map any more
   */
  boolean goesOn() {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("the layout was cancelled");
    }
    return nanos() < limitNanos;
  }

  long nanos() {
    return System.nanoTime() - start;
  }

  /** A number in [-1, 1). */
  float jitter() {
    return (float) (2 * random.nextDouble() - 1);
  }
}
