package dev.alidade.analysis.layout;

import java.util.Arrays;

/**
 * For every unit the list of its nearest others by activity, refreshed from the {@link Likeness}.
 *
 * <p>A refresh collects what lies under the last tick's radius (times 1.05) and selects the nearest
 * of it; only a unit whose company changed a lot is searched twice. A unit that died stays in the
 * lists until they are refreshed: their reader leaves it out.
 */
final class Neighbours {
  private static final float FAR = 8;
  private static final float SLACK = 1.05f;

  private final int units;
  private final int most;
  private final int[] index;
  private final float[] distance;
  private final float[] radius;
  private final int[] count;
  private final float[] offset;
  private final float[] row;
  private final int[] found;
  private final float[] foundDistance;

  Neighbours(int units, int most) {
    this.units = units;
    this.most = most;
    this.index = new int[units * most];
    this.distance = new float[units * most];
    this.radius = new float[units];
    this.count = new int[units];
    this.offset = new float[units];
    this.row = new float[units];
    this.found = new int[units];
    this.foundDistance = new float[units];
    Arrays.fill(radius, FAR / 2);
  }

  /** Says who may be a neighbour; the others are kept at a distance. */
  void admit(boolean[] member) {
    for (int i = 0; i < units; i++) {
      offset[i] = member[i] ? 0 : FAR;
    }
  }

  /** Searches the nearest {@code k} members around unit i again. */
  void refresh(Likeness likeness, int i, int k) {
    float own = offset[i];
    offset[i] = FAR;
    likeness.distances(i, offset, row);
    offset[i] = own;
    int n = Select.below(row, units, radius[i] * SLACK, found, foundDistance);
    if (n < k) {
      n = Select.below(row, units, FAR / 2, found, foundDistance);
    }
    int kept = Math.min(k, n);
    select(n, kept);
    float largest = 0;
    int at = i * most;
    for (int e = 0; e < kept; e++) {
      index[at + e] = found[e];
      distance[at + e] = Math.max(0, foundDistance[e]);
      largest = Math.max(largest, foundDistance[e]);
    }
    count[i] = kept;
    radius[i] = kept < k ? FAR / 2 : largest;
  }

  /**
   * Takes the distances of unit i's present neighbours over, without looking for others; returns
   * the root mean square of their change, NaN of none.
   */
  float renew(Likeness likeness, int i) {
    int n = count[i];
    float largest = 0;
    float total = 0;
    for (int e = i * most; e < i * most + n; e++) {
      float d = likeness.distance(i, index[e]);
      float change = d - distance[e];
      total += change * change;
      distance[e] = d;
      largest = Math.max(largest, d);
    }
    radius[i] = n > 0 && radius[i] < FAR / 2 ? largest : radius[i];
    return (float) Math.sqrt(total / n);
  }

  /** Drops those of unit i's neighbours that have no slot any more. */
  void dismiss(int i, int[] slot) {
    int at = i * most;
    for (int e = at + count[i] - 1; e >= at; e--) {
      if (slot[index[e]] < 0) {
        int last = at + --count[i];
        index[e] = index[last];
        distance[e] = distance[last];
      }
    }
  }

  /** Whether j is among unit i's neighbours. */
  boolean has(int i, int j) {
    for (int e = i * most; e < i * most + count[i]; e++) {
      if (index[e] == j) {
        return true;
      }
    }
    return false;
  }

  /** Makes j a neighbour of i in the place of the farthest of k, if it is nearer. */
  void offer(int i, int j, float d, int k) {
    boolean room = count[i] < k;
    if ((!room && d >= radius[i]) || has(i, j)) {
      return;
    }
    int at = i * most;
    int place = at + count[i];
    for (int e = at; !room && e < at + count[i]; e++) {
      place = distance[e] == radius[i] ? e : place;
    }
    if (!room && place == at + count[i]) {
      place--;
    }
    index[place] = j;
    distance[place] = d;
    count[i] += room ? 1 : 0;
    float largest = 0;
    for (int e = at; e < at + count[i]; e++) {
      largest = Math.max(largest, distance[e]);
    }
    radius[i] = largest;
  }

  /** Hoare's selection: afterwards the first k of n are the nearest, in no order. */
  private void select(int n, int k) {
    int low = 0;
    int high = n - 1;
    while (k > 0 && k < n && low < high) {
      float pivot = foundDistance[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (foundDistance[i] < pivot) {
          i++;
        }
        while (foundDistance[j] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(i++, j--);
        }
      }
      if (k - 1 <= j) {
        high = j;
      } else if (k - 1 >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private void swap(int i, int j) {
    int f = found[i];
    found[i] = found[j];
    found[j] = f;
    float d = foundDistance[i];
    foundDistance[i] = foundDistance[j];
    foundDistance[j] = d;
  }

  int most() {
    return most;
  }

  int count(int i) {
    return count[i];
  }

  int neighbour(int i, int e) {
    return index[i * most + e];
  }

  float distance(int i, int e) {
    return distance[i * most + e];
  }

  /** Entry of the nearest neighbour of i that is farther than {@code beyond}; −1 for none. */
  int next(int i, float beyond) {
    int best = -1;
    float least = Float.MAX_VALUE;
    for (int e = 0; e < count[i]; e++) {
      float d = distance[i * most + e];
      if (d > beyond && d < least) {
        least = d;
        best = e;
      }
    }
    return best;
  }

  void forget(int i) {
    count[i] = 0;
    radius[i] = FAR / 2;
  }
}
