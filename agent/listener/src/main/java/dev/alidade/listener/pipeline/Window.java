package dev.alidade.listener.pipeline;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A sum over the last so many seconds, in buckets of one second. Not thread safe. */
final class Window {
  private static final int SECONDS = 60;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final double[] buckets = new double[SECONDS];
  private long second = Long.MIN_VALUE;

  void add(long nowNanos, double amount) {
    move(nowNanos);
    buckets[slot(second)] += amount;
  }

  /** The sum over the last {@code seconds}, the running one included; at most a minute. */
  double sum(long nowNanos, int seconds) {
    move(nowNanos);
    double sum = 0;
    for (int back = 0; back < Math.min(seconds, SECONDS); back++) {
      sum += buckets[slot(second - back)];
    }
    return sum;
  }

  private void move(long nowNanos) {
    long now = Math.floorDiv(nowNanos, SECOND);
    if (second == Long.MIN_VALUE || now - second >= SECONDS) {
      Arrays.fill(buckets, 0);
    } else {
      for (long each = second + 1; each <= now; each++) {
        buckets[slot(each)] = 0;
      }
    }
    second = Math.max(now, second);
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }
}
