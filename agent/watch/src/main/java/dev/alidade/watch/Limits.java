package dev.alidade.watch;

import dev.alidade.watch.rule.Rule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How often each rule may raise an alert within an hour of the run's own time. */
final class Limits {
  private static final long HOUR = 3_600_000;

  private final Map<String, Deque<Long>> raised = new HashMap<>();
  private final Map<String, Long> suppressed = new HashMap<>();

  boolean allow(Rule rule, long millis) {
    Deque<Long> times = raised.computeIfAbsent(rule.id(), id -> new ArrayDeque<>());
    while (!times.isEmpty() && times.getFirst() <= millis - HOUR) {
      times.removeFirst();
    }
    if (times.size() >= rule.mostPerHour()) {
      suppressed.merge(rule.id(), 1L, Long::sum);
      return false;
    }
    times.addLast(millis);
    return true;
  }

  Map<String, Long> suppressed() {
    return suppressed;
  }
}
