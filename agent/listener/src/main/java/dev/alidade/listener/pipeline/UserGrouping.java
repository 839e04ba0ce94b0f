package dev.alidade.listener.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A way to divide observations that the user asked for: by the row of the probe that they come
 * from, or by the class of their label. Owns its arrays.
 */
public final class UserGrouping {
  private static final Set<String> TAKEN = Set.of(Groupings.CLASS, Groupings.PREDICTION);

  private final String name;
  private final List<String> groups;
  private final int @Nullable [] ofProbeRow;
  private final @Nullable IntUnaryOperator ofClass;

  private UserGrouping(
      String name,
      List<String> groups,
      int @Nullable [] ofProbeRow,
      @Nullable IntUnaryOperator ofClass) {
    this.name = Objects.requireNonNull(name, "name");
    this.groups = List.copyOf(groups);
    this.ofProbeRow = ofProbeRow;
    this.ofClass = ofClass;
    if (name.isBlank() || TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          "groups must have a name other than class and prediction: '" + name + "'");
    }
    if (groups.isEmpty() || groups.size() > Labels.MOST_GROUPS) {
      throw new IllegalArgumentException(
          "groups '%s' must be 1 to %d: %d".formatted(name, Labels.MOST_GROUPS, groups.size()));
    }
    if (new HashSet<>(groups).size() < groups.size()) {
      throw new IllegalArgumentException(
          "groups '%s' must have different names: %s".formatted(name, groups));
    }
  }

  /**
   * @param groupOfRow index into {@code names} for each row of the probe as given; -1 for none
   */
  public static UserGrouping ofProbeRows(String name, int[] groupOfRow, List<String> names) {
    UserGrouping grouping = new UserGrouping(name, names, groupOfRow.clone(), null);
    for (int group : groupOfRow) {
      grouping.checked(group);
    }
    return grouping;
  }

  /**
   * @param groupOfClass index into {@code names} for each class; -1 for none; asked once per class,
   *     on the analysis thread
   */
  public static UserGrouping ofClasses(
      String name, IntUnaryOperator groupOfClass, List<String> names) {
    return new UserGrouping(name, names, null, Objects.requireNonNull(groupOfClass, "function"));
  }

  /**
   * Holds it against the probe there is.
   *
   * @param probeRows of the probe as given; -1 when there is none
   * @throws IllegalArgumentException when it tells the groups of other many rows
   */
  public void check(int probeRows) {
    if (ofProbeRow == null) {
      return;
    }
    if (probeRows < 0) {
      throw new IllegalArgumentException(
          "groups '%s' by rows of the probe must come with a probe: none".formatted(name));
    }
    if (ofProbeRow.length != probeRows) {
      throw new IllegalArgumentException(
          "groups '%s' must tell the group of each row of the probe, %d: %d"
              .formatted(name, probeRows, ofProbeRow.length));
    }
  }

  public boolean isNamedAs(UserGrouping other) {
    return name.equals(other.name);
  }

  @Override
  public String toString() {
    return "'" + name + "'";
  }

  String name() {
    return name;
  }

  List<String> groups() {
    return groups;
  }

  boolean isByProbeRow() {
    return ofProbeRow != null;
  }

  int ofProbeRow(int row) {
    return ofProbeRow == null ? -1 : ofProbeRow[row];
  }

  int ofClass(int index) {
    return ofClass == null ? -1 : checked(ofClass.applyAsInt(index));
  }

  private int checked(int group) {
    if (group < -1 || group >= groups.size()) {
      throw new IllegalArgumentException(
          "groups '%s' must be -1 (none) to %d: %d".formatted(name, groups.size() - 1, group));
    }
    return group;
  }
}
