package dev.alidade.analysis.layout;

/**
 * Who takes part in the map: a unit whose value has not varied for three ticks is dead, one that
 * varies again is newborn for five. The delay of death keeps a unit that fires rarely from jumping
 * to the rim and back.
 */
final class Vitality {
  static final byte ALIVE = 0;
  static final byte DEAD = 1;
  static final byte NEWBORN = 2;
  private static final int QUIET_TICKS = 3;
  private static final int YOUNG_TICKS = 5;
  private static final float RELATIVE = 1e-6f;

  private final int units;
  private final float[] least;
  private final float[] largest;
  private final int[] quiet;
  private final int[] age;
  final byte[] states;
  final boolean[] alive;
  private boolean observed;
  private boolean first = true;

  Vitality(int units) {
    this.units = units;
    this.least = new float[units];
    this.largest = new float[units];
    this.quiet = new int[units];
    this.age = new int[units];
    this.states = new byte[units];
    this.alive = new boolean[units];
    java.util.Arrays.fill(states, DEAD);
  }

  void observe(Batch batch) {
    int n = units;
    if (!observed) {
      System.arraycopy(batch.values[0], 0, least, 0, n);
      System.arraycopy(batch.values[0], 0, largest, 0, n);
      observed = true;
    }
    for (int r = 0; r < batch.rows; r++) {
      extend(batch.values[r]);
    }
  }

  private void extend(float[] row) {
    for (int j = 0; j < units; j++) {
      least[j] = Math.min(least[j], row[j]);
      largest[j] = Math.max(largest[j], row[j]);
    }
  }

  /** Settles the states of this tick; true when somebody died or was born. */
  boolean settle() {
    if (!observed) {
      return false;
    }
    boolean changed = false;
    for (int i = 0; i < units; i++) {
      float size = Math.max(Math.abs(least[i]), Math.abs(largest[i]));
      boolean varies = largest[i] - least[i] > RELATIVE * size;
      changed |= settle(i, varies);
    }
    observed = false;
    first = false;
    return changed;
  }

  private boolean settle(int i, boolean varies) {
    boolean was = alive[i];
    quiet[i] = varies ? 0 : quiet[i] + 1;
    alive[i] = varies || (was && quiet[i] < QUIET_TICKS);
    if (alive[i] && !was) {
      age[i] = first ? YOUNG_TICKS : 0;
    } else {
      age[i] = Math.min(age[i] + 1, YOUNG_TICKS);
    }
    states[i] = alive[i] ? age[i] < YOUNG_TICKS ? NEWBORN : ALIVE : DEAD;
    return alive[i] != was;
  }
}
