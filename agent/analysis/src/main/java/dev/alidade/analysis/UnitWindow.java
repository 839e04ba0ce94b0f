package dev.alidade.analysis;

import java.util.Arrays;

/**
 * What has happened to each unit over whole windows of observations: samples are gathered until
 * they make 1,000 or more, then judged, and the next window starts empty. No hysteresis: a unit is
 * dead if and only if it was zero throughout the window.
 */
final class UnitWindow {
  private static final int LEAST_ROWS = 1000;
  private static final double RARELY = 0.001;

  private final int units;
  private final long[] active;
  private final float[] min;
  private final float[] max;
  private long rows;

  private boolean filled;
  private final boolean[] dead;
  private final boolean[] everActive;

  /** No variance in the last full window, nor in the one that is being filled. */
  private final boolean[] still;

  /** The value of a unit that is still. */
  private final float[] constant;

  private int deadUnits;
  private int rarelyActive;
  private int births;
  private int deaths;
  private int revivals;

  UnitWindow(int units) {
    this.units = units;
    active = new long[units];
    min = new float[units];
    max = new float[units];
    dead = new boolean[units];
    everActive = new boolean[units];
    still = new boolean[units];
    constant = new float[units];
    restart();
  }

  private void restart() {
    rows = 0;
    Arrays.fill(active, 0);
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
  }

  /** Adds a sample; a unit that was not finite somewhere counts as active and as moving. */
  void add(UnitStats stats, int observations) {
    rows += observations;
    for (int unit = 0; unit < units; unit++) {
      boolean broken = stats.nonFinite[unit] > 0;
      active[unit] += broken ? observations : stats.active[unit];
      min[unit] = broken ? Float.NEGATIVE_INFINITY : Math.min(min[unit], stats.min[unit]);
      max[unit] = broken ? Float.POSITIVE_INFINITY : Math.max(max[unit], stats.max[unit]);
      still[unit] &= min[unit] >= constant[unit] && max[unit] <= constant[unit];
    }
    if (rows >= LEAST_ROWS) {
      judge();
      restart();
    }
  }

  private void judge() {
    deadUnits = 0;
    rarelyActive = 0;
    births = 0;
    deaths = 0;
    revivals = 0;
    for (int unit = 0; unit < units; unit++) {
      judge(unit);
    }
    filled = true;
  }

  private void judge(int unit) {
    boolean now = active[unit] == 0;
    deadUnits += now ? 1 : 0;
    rarelyActive += active[unit] < RARELY * rows ? 1 : 0;
    deaths += now && everActive[unit] && !dead[unit] ? 1 : 0;
    revivals += !now && everActive[unit] && dead[unit] ? 1 : 0;
    births += !now && !everActive[unit] && filled ? 1 : 0;
    everActive[unit] |= !now;
    dead[unit] = now;
    still[unit] = min[unit] >= max[unit];
    constant[unit] = min[unit];
  }

  boolean filled() {
    return filled;
  }

  int deadUnits() {
    return deadUnits;
  }

  int rarelyActive() {
    return rarelyActive;
  }

  int births() {
    return births;
  }

  int deaths() {
    return deaths;
  }

  int revivals() {
    return revivals;
  }

  boolean[] still() {
    return still;
  }
}
