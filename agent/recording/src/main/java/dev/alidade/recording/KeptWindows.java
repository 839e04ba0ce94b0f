package dev.alidade.recording;

import java.util.ArrayList;
import java.util.List;

/**
 * Ranges of iterations that thinning spares, joined where they touch. Its text, {@code
 * 100-200,350-400}, is the value of {@code keep} in {@code meta}. Immutable.
 */
final class KeptWindows {
  /** So that the text stays far below what a reader takes of a value. */
  static final int MOST = 1000;

  static final String KEY = "keep";
  static final KeptWindows NONE = new KeptWindows(List.of());

  private final List<KeptWindow> windows;

  private KeptWindows(List<KeptWindow> windows) {
    this.windows = windows;
  }

  /** Reads the text; what is not a window is passed over, for the file may come from a stranger. */
  static KeptWindows parse(String text) {
    KeptWindows all = NONE;
    for (String each : text.split(",")) {
      if (each.matches("[0-9]{1,18}-[0-9]{1,18}")) {
        int dash = each.indexOf('-');
        long from = Long.parseLong(each.substring(0, dash));
        long to = Long.parseLong(each.substring(dash + 1));
        all = from <= to ? all.with(new KeptWindow(from, to)) : all;
      }
    }
    return all;
  }

  /** With one more; beyond {@value #MOST} the two nearest become one. */
  KeptWindows with(KeptWindow added) {
    List<KeptWindow> joined = new ArrayList<>(windows.size() + 1);
    KeptWindow grown = added;
    for (KeptWindow each : windows) {
      if (each.touches(grown)) {
        grown = each.joined(grown);
      } else if (each.toIteration() < grown.fromIteration()) {
        joined.add(each);
      }
    }
    joined.add(grown);
    for (KeptWindow each : windows) {
      if (each.fromIteration() > grown.toIteration() && !each.touches(grown)) {
        joined.add(each);
      }
    }
    if (joined.size() > MOST) {
      joinNearest(joined);
    }
    return new KeptWindows(List.copyOf(joined));
  }

  private static void joinNearest(List<KeptWindow> sorted) {
    int nearest = 1;
    for (int i = 2; i < sorted.size(); i++) {
      if (distance(sorted, i) < distance(sorted, nearest)) {
        nearest = i;
      }
    }
    KeptWindow second = sorted.remove(nearest);
    sorted.set(nearest - 1, sorted.get(nearest - 1).joined(second));
  }

  private static long distance(List<KeptWindow> sorted, int i) {
    return sorted.get(i).fromIteration() - sorted.get(i - 1).toIteration();
  }

  /** By iteration, none touching another. */
  List<KeptWindow> windows() {
    return windows;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (KeptWindow each : windows) {
      text.append(text.isEmpty() ? "" : ",").append(each.fromIteration());
      text.append('-').append(each.toIteration());
    }
    return text.toString();
  }
}
