package dev.alidade.analysis.layout;

/** Hoare's selection in place. */
final class Select {
  private Select() {}

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
