package dev.alidade.server.layout;

import dev.alidade.analysis.layout.family.Distance;
import dev.alidade.analysis.layout.family.LayoutFamily;
import dev.alidade.wire.RunId;

/**
 * Which map is wanted.
 *
 * @param layer its name, or its index
 * @param method one of {@link LayoutFamily#names()}
 * @param iteration the newest observations at or before it are laid out
 */
public record Asked(
    RunId run, String layer, String method, Distance distance, Basis basis, long iteration) {
  /** Names the methods that exist when this one does not. */
  public Asked {
    LayoutFamily.of(method);
  }

  /** What units are compared by. */
  public enum Basis {
    OBSERVATIONS,
    PROFILES;

    /** As it is written in addresses and on the wire. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * The basis with that id.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static Basis of(String id) {
      for (Basis each : values()) {
        if (each.id().equals(id)) {
          return each;
        }
      }
      throw new IllegalArgumentException(
          "unknown basis '" + id + "'; known: observations, profiles");
    }
  }
}
