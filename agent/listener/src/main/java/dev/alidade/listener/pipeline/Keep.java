package dev.alidade.listener.pipeline;

import java.util.Locale;

/** Which samples' observations are recorded. */
public enum Keep {
  /**
   * Few and small: half precision, at most {@value ObservationShelf#MOST_RARE_BYTES} bytes a layer,
   * the first, after 8 and 30 seconds, then once a minute. For layouts on demand.
   */
  RARE,
  /** All that are mapped, as they are. For export. */
  ALL,
  NONE;

  /**
   * By name; "true" is all and "false" none.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Keep of(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "rare" -> RARE;
      case "all", "true" -> ALL;
      case "none", "false" -> NONE;
      default -> throw new IllegalArgumentException("must be rare, all or none");
    };
  }
}
