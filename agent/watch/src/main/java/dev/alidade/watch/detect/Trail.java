package dev.alidade.watch.detect;

import dev.alidade.watch.rule.Moment;
import dev.alidade.watch.rule.Span;
import java.util.ArrayDeque;
import java.util.Deque;

/** The values within a span before now, at most {@link #MOST} of them, evenly thinned beyond. */
final class Trail {
  static final int MOST = 256;

  private record Point(Moment at, double value) {}

  private final Span span;
  private final Deque<Point> points = new ArrayDeque<>();
  private long stride = 1;
  private long seen;

  Trail(Span span) {
    this.span = span;
  }

  void add(Moment at, double value) {
    if (seen++ % stride == 0) {
      points.addLast(new Point(at, value));
    }
    while (points.size() > 1 && span.between(points.getFirst().at(), at) > span.count()) {
      points.removeFirst();
    }
    if (points.size() > MOST) {
      thin();
    }
  }

  private void thin() {
    stride *= 2;
    int i = 0;
    int size = points.size();
    for (int k = 0; k < size; k++) {
      Point point = points.removeFirst();
      if (i++ % 2 == 0) {
        points.addLast(point);
      }
    }
  }

  void clear() {
    points.clear();
    stride = 1;
    seen = 0;
  }

  int size() {
    return points.size();
  }

  /** Share of the span that is covered, seen from now. */
  double filled(Moment now) {
    return points.isEmpty()
        ? 0
        : (double) span.between(points.getFirst().at(), now) / Math.max(1, span.count());
  }

  double first() {
    return points.getFirst().value();
  }

  double mean() {
    return points.stream().mapToDouble(Point::value).average().orElse(Double.NaN);
  }

  double minimum() {
    return points.stream().mapToDouble(Point::value).min().orElse(Double.NaN);
  }

  double maximum() {
    return points.stream().mapToDouble(Point::value).max().orElse(Double.NaN);
  }

  /** Mean of the oldest third. */
  double early() {
    return points.stream()
        .limit(Math.max(1, points.size() / 3))
        .mapToDouble(Point::value)
        .average()
        .orElse(Double.NaN);
  }

  /** Mean of the newest third. */
  double late() {
    int third = Math.max(1, points.size() / 3);
    return points.stream()
        .skip(points.size() - third)
        .mapToDouble(Point::value)
        .average()
        .orElse(Double.NaN);
  }
}
