package dev.alidade.analysis;

/**
 * All values of a view in pieces that lie side by side, in any order: for what does not care which
 * unit a value belongs to. In place where the view is one block of memory, whatever the order of
 * its axes; else one line at a time, copied where its values are apart.
 */
final class Chunks {
  private static final int CHUNK = 1 << 13;

  private float[] source = {};
  private float[] line = {};
  private boolean block;
  private int values;
  private final int[] sizes = new int[3];
  private final int[] strides = new int[3];

  private float[] array = source;
  private int from;
  private int to;

  void bind(Activations activations) {
    Geometry g = activations.geometry();
    source = activations.values();
    values = Math.toIntExact(g.values());
    set(0, g.positions(), g.positionStride());
    set(1, g.units(), g.unitStride());
    set(2, g.rows(), g.rowStride());
    order(0, 1);
    order(1, 2);
    order(0, 1);
    block =
        values > 0
            && strides[0] == 1
            && (sizes[1] == 1 || strides[1] == sizes[0])
            && (sizes[2] == 1 || strides[2] == sizes[0] * sizes[1]);
    if (!block && line.length < sizes[0]) {
      line = new float[sizes[0]];
    }
  }

  private void set(int axis, int size, int stride) {
    sizes[axis] = size;
    strides[axis] = stride;
  }

  /** Smaller strides first; an axis of one value has no say and goes last. */
  private void order(int a, int b) {
    if (sizes[b] != 1 && (sizes[a] == 1 || strides[a] > strides[b])) {
      int size = sizes[a];
      int stride = strides[a];
      set(a, sizes[b], strides[b]);
      set(b, size, stride);
    }
    if (sizes[0] == 1) {
      strides[0] = 1;
    }
  }

  int count() {
    return block ? (values + CHUNK - 1) / CHUNK : values == 0 ? 0 : sizes[1] * sizes[2];
  }

  /** Makes a piece the one that {@link #array}, {@link #from} and {@link #to} tell of. */
  void load(int chunk) {
    if (block) {
      show(source, chunk * CHUNK, Math.min(values, chunk * CHUNK + CHUNK));
      return;
    }
    int start = chunk / sizes[1] * strides[2] + chunk % sizes[1] * strides[1];
    if (strides[0] == 1) {
      show(source, start, start + sizes[0]);
      return;
    }
    for (int i = 0; i < sizes[0]; i++) {
      line[i] = source[start + i * strides[0]];
    }
    show(line, 0, sizes[0]);
  }

  private void show(float[] values, int first, int end) {
    array = values;
    from = first;
    to = end;
  }

  float[] array() {
    return array;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
