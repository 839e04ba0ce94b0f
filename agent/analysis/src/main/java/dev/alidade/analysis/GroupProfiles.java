package dev.alidade.analysis;

/**
 * Profiles of the groups of one grouping of a layer's observations: each group's mean minus the
 * unweighted mean over the grouping's groups that have been seen (Krug et al. 2023). Not thread
 * safe.
 */
public final class GroupProfiles {
  private final int groups;
  private final int units;
  private final HeldRange range = new HeldRange();
  private final GroupMeans window;
  private final float[] row;
  private float[] profiles;

  public GroupProfiles(int groups, int units) {
    this.groups = groups;
    this.units = units;
    window = new GroupMeans(groups, units);
    row = new float[units];
    profiles = new float[Math.multiplyExact(groups, units)];
  }

  /**
   * Folds observations, [count x units] and finite, into an exponential window of the last 256 or
   * so of each group.
   *
   * @param groupOf the group of each observation; -1 for none
   */
  public void fold(float[] observations, int count, int[] groupOf) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(observations, i * units, row, 0, units);
      window.add(checked(groupOf[i]), row, false);
    }
    window.fold(false);
    profiles = window.profiles();
    range.show(profiles);
  }

  /** Takes observations instead of all before them: those of a probe, the same rows each time. */
  public void show(float[] observations, int count, int[] groupOf) {
    GroupMeans once = new GroupMeans(groups, units);
    for (int i = 0; i < count; i++) {
      System.arraycopy(observations, i * units, row, 0, units);
      once.add(checked(groupOf[i]), row, false);
    }
    once.fold(false);
    profiles = once.profiles();
    range.show(profiles);
  }

  private int checked(int group) {
    if (group < -1 || group >= groups) {
      throw new IllegalArgumentException("group must be -1 to " + (groups - 1) + ": " + group);
    }
    return group;
  }

  /** [groups x units], row-major; belongs to this object until the next call. */
  public float[] profiles() {
    return profiles;
  }

  public int groups() {
    return groups;
  }

  /** A range for colours, held over time. */
  public float range() {
    return range.range();
  }
}
