package dev.alidade.watch.rule;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of a run: "3 samples", "100 iterations", "20 seconds".
 *
 * @param count at least 0
 */
public record Span(long count, Unit unit) {
  public static final Span NONE = new Span(0, Unit.SAMPLES);

  /** What is counted. */
  public enum Unit {
    SAMPLES,
    ITERATIONS,
    MILLIS
  }

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9}) (sample|iteration|second|minute|hour)s?");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming the forms there are
   */
  public static Span parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "must be a number and samples, iterations, seconds, minutes or hours: " + text);
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "sample" -> new Span(count, Unit.SAMPLES);
      case "iteration" -> new Span(count, Unit.ITERATIONS);
      case "second" -> new Span(count * 1_000, Unit.MILLIS);
      case "minute" -> new Span(count * 60_000, Unit.MILLIS);
      default -> new Span(count * 3_600_000, Unit.MILLIS);
    };
  }

  /** How far it is between two moments, in this span's unit. */
  public long between(Moment from, Moment to) {
    return switch (unit) {
      case SAMPLES -> to.sample() - from.sample();
      case ITERATIONS -> to.iteration() - from.iteration();
      case MILLIS -> to.millis() - from.millis();
    };
  }

  public boolean passed(Moment from, Moment to) {
    return between(from, to) >= count;
  }

  @Override
  public String toString() {
    return switch (unit) {
      case MILLIS -> "%.0f seconds".formatted(count / 1000.0);
      default -> count + " " + unit.name().toLowerCase(Locale.ROOT);
    };
  }
}
