package dev.alidade.listener.capture;

import org.nd4j.linalg.api.buffer.DataType;

/** The number formats that are copied as they are and widened on the analysis thread. */
enum Element {
  HALF(2),
  INT(4),
  LONG(8),
  FLOAT(4),
  DOUBLE(8);

  final int bytes;

  Element(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The format of an array.
   *
   * @throws UnreadableException when the type is none of these
   */
  static Element of(DataType type) {
    return switch (type) {
      case HALF -> HALF;
      case INT -> INT;
      case LONG -> LONG;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      default ->
          throw new UnreadableException(
              "data type must be one of HALF, FLOAT, DOUBLE, INT, LONG: " + type);
    };
  }
}
