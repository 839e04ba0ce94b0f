package dev.alidade.listener.capture;

import org.jspecify.annotations.Nullable;

/**
 * One training thread's CPU, ours and all, booked once an iteration. Belongs to the thread that
 * trains.
 */
final class Ledger {
  /** First samples load classes and build the description; they are no measure of the rest. */
  private static final int WARM_UP_SAMPLES = 20;

  private final Effort effort;
  private final Clock clock;
  private long callbackNanos;
  private long iterationStart = -1;
  private @Nullable Thread trainer;

  Ledger(Effort effort, Clock clock) {
    this.effort = effort;
    this.clock = clock;
  }

  /** Adds a callback that began at this CPU time and ends now. */
  void callback(long start) {
    callbackNanos += clock.cpuNanos() - start;
  }

  /** Books an iteration whose last callback began at this CPU time. */
  void iteration(long callbackStart, int samples) {
    long now = clock.cpuNanos();
    callbackNanos += now - callbackStart;
    Thread current = Thread.currentThread();
    boolean measured = trainer == current && iterationStart >= 0;
    if (!measured) {
      effort.add(0, 0, 1);
    } else if (samples > WARM_UP_SAMPLES) {
      effort.add(callbackNanos, now - iterationStart, 1);
    } else {
      effort.addEarly(callbackNanos, now - iterationStart);
    }
    trainer = current;
    iterationStart = now;
    callbackNanos = 0;
  }
}
