package dev.alidade.listener.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies the rows of an array of the CPU backend, of any order, strides and offset, as bytes.
 *
 * <p>A dense array whose rows all fit is one block copy (45 GB/s in cache, see RATIONALE.md); rows
 * that are contiguous are one block copy each; anything else is gathered into (row, unit, position)
 * order, in runs where the innermost axis is contiguous. One per thread. Allocates nothing except
 * where it gathers.
 */
final class RowCopier {
  private static final VarHandle SHORTS = handle(short[].class);
  private static final VarHandle INTS = handle(int[].class);
  private static final VarHandle LONGS = handle(long[].class);
  private static final int MOST_POSITION_AXES = 3;

  private final Window window = new Window();
  private final long[] sizes = new long[MOST_POSITION_AXES];
  private final long[] strides = new long[MOST_POSITION_AXES];

  private static VarHandle handle(Class<?> view) {
    return MethodHandles.byteArrayViewVarHandle(view, ByteOrder.nativeOrder());
  }

  /**
   * Copies at most {@code mostBytes}: all rows or evenly strided ones; where not even one row fits,
   * evenly strided positions of one row.
   *
   * @param unitAxis the axis of the units; axis 0 is the rows, all others are positions
   * @throws UnreadableException when the array's type, rank or size is not read
   */
  void copy(INDArray array, int unitAxis, long mostBytes, Rows out) {
    Element element = Element.of(array.dataType());
    int rank = array.rank();
    if (rank < 2 || rank > 2 + MOST_POSITION_AXES || array.isEmpty()) {
      throw new UnreadableException("rank must be 2 to 5 and the array not empty: rank " + rank);
    }
    long rows = array.size(0);
    long units = array.size(unitAxis);
    long positions = array.length() / (rows * units);
    long rowElements = units * positions;
    long fitting = mostBytes / (rowElements * element.bytes);
    long wanted = Math.max(1, Math.min(rows, fitting));
    long step = fitting > 0 ? 1 : -Math.floorDiv(-rowElements * element.bytes, mostBytes);
    long rowStride = rows == 1 ? rowElements : array.stride(0);
    long unitStride = units == 1 ? 1 : array.stride(unitAxis);
    positionAxes(array, unitAxis);
    long positionStride = collapsed();
    long address = array.data().address() + array.offset() * element.bytes;

    out.rows = (int) wanted;
    out.rowsPresent = (int) rows;
    out.units = (int) units;
    boolean plain = positionStride >= 0 && step == 1;
    if (plain
        && wanted == rows
        && dense(rows, rowStride, units, unitStride, positions, positionStride)) {
      block(address, element, Math.toIntExact(rows * rowElements), out);
      strides(out, positions, rowStride, unitStride, positionStride);
    } else if (plain && dense(1, 0, units, unitStride, positions, positionStride)) {
      rowByRow(address, element, rowStride, (int) rowElements, out);
      strides(out, positions, rowElements, unitStride, positionStride);
    } else {
      gather(address, element, rowStride, unitStride, positions, step, out);
    }
  }

  private void block(long address, Element element, int elements, Rows out) {
    out.reserve(elements, element);
    int bytes = elements * element.bytes;
    window.at(address, bytes);
    window.get(out.bytes, 0, bytes);
  }

  private void rowByRow(long address, Element element, long rowStride, int rowElements, Rows out) {
    out.reserve(Math.multiplyExact(out.rows, rowElements), element);
    int rowBytes = rowElements * element.bytes;
    for (int row = 0; row < out.rows; row++) {
      window.at(address + out.source(row) * rowStride * element.bytes, rowBytes);
      window.get(out.bytes, row * rowBytes, rowBytes);
    }
  }

  /** Elementwise, or in runs, into canonical (row, unit, position) order. */
  private void gather(
      long address,
      Element element,
      long rowStride,
      long unitStride,
      long positions,
      long step,
      Rows out) {
    int kept = (int) ((positions + step - 1) / step);
    int rowElements = Math.multiplyExact(out.units, kept);
    out.reserve(Math.multiplyExact(out.rows, rowElements), element);
    long span = 1 + (out.units - 1) * unitStride;
    for (int axis = 0; axis < MOST_POSITION_AXES; axis++) {
      span += (sizes[axis] - 1) * strides[axis];
    }
    int at = 0;
    for (int row = 0; row < out.rows; row++) {
      window.at(address + out.source(row) * rowStride * element.bytes, span * element.bytes);
      ByteBuffer memory = window.asByteBuffer().order(ByteOrder.nativeOrder());
      for (int unit = 0; unit < out.units; unit++) {
        at = gatherUnit(memory, unit * unitStride, element, step, out.bytes, at);
      }
    }
    strides(out, kept, rowElements, kept, 1);
  }

  /** All wanted positions of one unit of one row; says where the next one goes. */
  private int gatherUnit(
      ByteBuffer memory, long start, Element element, long step, byte[] into, int from) {
    int at = from;
    long position = 0;
    for (long i = 0; i < sizes[0]; i++) {
      for (long j = 0; j < sizes[1]; j++) {
        long line = start + i * strides[0] + j * strides[1];
        if (strides[2] == 1 && step == 1) {
          int bytes = (int) sizes[2] * element.bytes;
          memory.get((int) (line * element.bytes), into, at, bytes);
          at += bytes;
          continue;
        }
        for (long k = 0; k < sizes[2]; k++, position++) {
          if (position % step == 0) {
            one(memory, (int) ((line + k * strides[2]) * element.bytes), element, into, at);
            at += element.bytes;
          }
        }
      }
    }
    return at;
  }

  private static void one(ByteBuffer memory, int offset, Element element, byte[] into, int at) {
    switch (element) {
      case HALF -> SHORTS.set(into, at, memory.getShort(offset));
      case INT, FLOAT -> INTS.set(into, at, memory.getInt(offset));
      case LONG, DOUBLE -> LONGS.set(into, at, memory.getLong(offset));
    }
  }

  private static void strides(Rows out, long positions, long row, long unit, long position) {
    out.positions = (int) positions;
    out.rowStride = Math.toIntExact(row);
    out.unitStride = Math.toIntExact(unit);
    out.positionStride = Math.toIntExact(position);
  }

  /** Sizes and strides of the axes that are neither rows nor units, outermost first. */
  private void positionAxes(INDArray array, int unitAxis) {
    Arrays.fill(sizes, 1);
    Arrays.fill(strides, 1);
    int slot = MOST_POSITION_AXES - 1;
    for (int axis = array.rank() - 1; axis > 0; axis--) {
      if (axis != unitAxis) {
        sizes[slot] = array.size(axis);
        strides[slot] = sizes[slot] == 1 ? 1 : array.stride(axis);
        slot--;
      }
    }
  }

  /** The one stride that walks all positions in order, or -1 when there is none. */
  private long collapsed() {
    long stride = -1;
    long next = 0;
    for (int slot = MOST_POSITION_AXES - 1; slot >= 0; slot--) {
      if (sizes[slot] == 1) {
        continue;
      }
      if (stride >= 0 && strides[slot] != next) {
        return -1;
      }
      stride = stride < 0 ? strides[slot] : stride;
      next = strides[slot] * sizes[slot];
    }
    return stride < 0 ? 1 : stride;
  }

  private static boolean dense(
      long rows, long row, long units, long unit, long positions, long position) {
    return 1 + (rows - 1) * row + (units - 1) * unit + (positions - 1) * position
        == rows * units * positions;
  }
}
