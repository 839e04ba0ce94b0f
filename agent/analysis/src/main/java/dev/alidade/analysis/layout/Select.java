package dev.alidade.analysis.layout;

/** Picks values out: those below a limit, or the smallest (Hoare's selection in place). */
final class Select {
  private Select() {}

  /**
   * Collects the values of at most {@code limit} among the first n, and where they are; returns how
   * many. Without a branch that depends on them: one in ten is hard to foresee.
   */
  static int below(float[] values, int n, float limit, int[] index, float[] found) {
    int count = 0;
    for (int j = 0; j < n; j++) {
      float v = values[j];
      index[count] = j;
      found[count] = v;
      count += v <= limit ? 1 : 0;
    }
    return count;
  }

  /** The value of rank {@code rank} (from 0) among the first n, which are reordered. */
  static float smallest(float[] values, int n, int rank) {
    int low = 0;
    int high = n - 1;
    while (low < high) {
      float pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        break;
      }
    }
    return values[rank];
  }
}
