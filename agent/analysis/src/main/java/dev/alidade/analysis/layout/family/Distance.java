package dev.alidade.analysis.layout.family;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How unlike two units are. */
public enum Distance {
  /** One minus the cosine of the angle between their activities. */
  COSINE,
  /** One minus Pearson's correlation of their activities. */
  CORRELATION,
  /** The length of the difference of their activities. */
  EUCLIDEAN;

  /** As it is written in settings, addresses and on the wire. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All ids. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Distance::id).toList();
  }

  /**
   * The distance with that id.
   *
   * @throws IllegalArgumentException naming those that exist
   */
  public static Distance of(String id) {
    for (Distance each : values()) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "unknown distance '" + id + "'; known: " + String.join(", ", ids()));
  }
}
