package dev.alidade.listener.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The rows of one array, copied as bytes, with the strides that read them: the element of (row r,
 * unit u, position p) is number {@code r*rowStride + u*unitStride + p*positionStride}. Reused from
 * sample to sample; its buffer only grows. Handed from the training thread to the analysis thread
 * with the sample it belongs to, never touched by both.
 */
public final class Rows {
  private static final byte[] NOTHING = {};

  byte[] bytes = NOTHING;
  Element element = Element.FLOAT;
  int elements;
  int rows;
  int rowsPresent;
  int units;
  int positions;
  int rowStride;
  int unitStride;
  int positionStride;

  /** Where the values are classes and not their probabilities: how many classes there are. */
  int classes;

  /** Whether a layer that joins rows and positions has the positions innermost. */
  boolean positionsInnermost;

  private boolean present;

  /** Makes room, keeping the old buffer when it is large enough. */
  void reserve(int elementCount, Element type) {
    int wanted = Math.multiplyExact(elementCount, type.bytes);
    if (bytes.length < wanted) {
      bytes = new byte[wanted];
    }
    element = type;
    elements = elementCount;
    present = true;
  }

  void clear() {
    present = false;
    classes = 0;
    positionsInnermost = false;
  }

  /** Takes what was read as units of one position for positions of one unit, each a class. */
  void asClasses(int count) {
    classes = count;
    if (positions == 1) {
      positions = units;
      units = 1;
      positionStride = unitStride;
      unitStride = 1;
    }
  }

  /** How many classes there are, when each value is one; 0 when each is a probability. */
  public int classes() {
    return classes;
  }

  /** Whether a layer that joins rows and positions has the positions innermost. */
  public boolean positionsInnermost() {
    return positionsInnermost;
  }

  /** Whether the layer was there in this iteration. */
  public boolean present() {
    return present;
  }

  /** Rows (examples) copied. */
  public int rows() {
    return rows;
  }

  /** Rows (examples) there were; more than {@link #rows()} when evenly strided. */
  public int rowsPresent() {
    return rowsPresent;
  }

  public int units() {
    return units;
  }

  /** Pixels or time steps; 1 for a dense layer. */
  public int positions() {
    return positions;
  }

  public int rowStride() {
    return rowStride;
  }

  public int unitStride() {
    return unitStride;
  }

  public int positionStride() {
    return positionStride;
  }

  /** How many elements {@link #decode} writes. */
  public int elements() {
    return elements;
  }

  /** The row of the batch that row {@code index} was copied from. */
  public int source(int index) {
    return (int) ((long) index * rowsPresent / rows);
  }

  /** Bytes held, used or not. */
  long capacity() {
    return bytes.length;
  }

  /** Widens or narrows every element to float. */
  public void decode(float[] into) {
    ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    switch (element) {
      case FLOAT -> source.asFloatBuffer().get(into, 0, elements);
      case DOUBLE -> {
        for (int i = 0; i < elements; i++) {
          into[i] = (float) source.getDouble(i * Double.BYTES);
        }
      }
      case INT -> {
        for (int i = 0; i < elements; i++) {
          into[i] = source.getInt(i * Integer.BYTES);
        }
      }
      case LONG -> {
        for (int i = 0; i < elements; i++) {
          into[i] = source.getLong(i * Long.BYTES);
        }
      }
      case HALF -> {
        for (int i = 0; i < elements; i++) {
          into[i] = halfToFloat(source.getShort(i * Short.BYTES));
        }
      }
    }
  }

  /** IEEE 754 binary16 to binary32; JDK 20 has this as Float.float16ToFloat. */
  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int bits = exponent == 31 ? 0x7f800000 : (exponent + 112) << 23;
    return Float.intBitsToFloat(sign | bits | (mantissa << 13));
  }
}
