package dev.alidade.analysis;

import java.util.Objects;

/**
 * A strided view of one layer's activations at one iteration, with the group of each observation.
 * Owns nothing: the arrays may be pooled, and are read only until the next {@code accept}.
 */
public final class Activations {
  private static final int[] NO_GROUPS = {};

  private final float[] values;
  private final Geometry geometry;
  private final int[] groups;

  /**
   * @param groups the group of each observation, or of each row (then all positions share it), -1
   *     for none; may be empty
   */
  public Activations(float[] values, Geometry geometry, int[] groups) {
    this.values = Objects.requireNonNull(values, "values");
    this.geometry = Objects.requireNonNull(geometry, "geometry");
    this.groups = Objects.requireNonNull(groups, "groups");
    if (geometry.extent() > values.length) {
      throw new IllegalArgumentException(
          "values must hold at least " + geometry.extent() + ": " + values.length);
    }
    if (groups.length != 0
        && groups.length != geometry.rows()
        && groups.length != geometry.observations()) {
      throw new IllegalArgumentException(
          "groups must be one per observation ("
              + geometry.observations()
              + ") or per row ("
              + geometry.rows()
              + "): "
              + groups.length);
    }
  }

  /** Activations without groups. */
  public static Activations of(float[] values, Geometry geometry) {
    return new Activations(values, geometry, NO_GROUPS);
  }

  public float[] values() {
    return values;
  }

  public Geometry geometry() {
    return geometry;
  }

  /** The group of an observation, -1 for none. */
  public int group(int observation) {
    if (groups.length == 0) {
      return -1;
    }
    return groups.length == geometry.observations()
        ? groups[observation]
        : groups[observation / geometry.positions()];
  }

  boolean grouped() {
    return groups.length != 0;
  }
}
