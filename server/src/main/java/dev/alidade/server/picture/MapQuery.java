package dev.alidade.server.picture;

import org.jspecify.annotations.Nullable;

/**
 * Which map is asked for and how it should look.
 *
 * @param iteration the moment: the last map at or before it; -1 for the last
 * @param group a name of one; none for the activity
 * @param minus the group to subtract from it; none for a profile alone
 * @param grouping whose groups to show as small multiples; empty for the first; none for one map
 * @param size of the picture in pixels from left to right
 * @param aligned whether to turn the map so that groups lie as in the layer before
 */
public record MapQuery(
    String layer,
    long iteration,
    @Nullable String group,
    @Nullable String minus,
    @Nullable String grouping,
    int size,
    Theme theme,
    boolean aligned) {
  public static final int LEAST_SIZE = 64;
  public static final int MOST_SIZE = 4096;
  public static final int USUAL_SIZE = 720;

  public MapQuery {
    if (size < LEAST_SIZE || size > MOST_SIZE) {
      throw new IllegalArgumentException(
          "size must be between " + LEAST_SIZE + " and " + MOST_SIZE + ": " + size);
    }
    if (minus != null && group == null) {
      throw new IllegalArgumentException("minus needs a group to subtract it from: " + minus);
    }
    if (grouping != null && group != null) {
      throw new IllegalArgumentException("groups and group exclude each other: " + group);
    }
  }
}
