package dev.alidade.listener.capture;

import org.nd4j.linalg.api.buffer.DataType;

/** The number formats that are copied as they are and widened on the analysis thread. */
enum Element {
  HALF(2),
  FLOAT(4),
  DOUBLE(8);

  final int bytes;

  Element(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The format of an array.
   *
   * @throws UnreadableException when the type is not one of half, float and double
   */
  static Element of(DataType type) {
    return switch (type) {
      case HALF -> HALF;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      default ->
          throw new UnreadableException("data type must be one of HALF, FLOAT, DOUBLE: " + type);
    };
  }
}
