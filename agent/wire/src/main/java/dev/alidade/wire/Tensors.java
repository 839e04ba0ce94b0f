package dev.alidade.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.alidade.wire.proto.DataType;
import dev.alidade.wire.proto.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Arrays to tensors and back: f32 as it is, u8 and u16 linear between two bounds. Quantising rounds
 * to nearest and clamps; a NaN becomes the code of {@code low}, so mark missing values elsewhere.
 */
public final class Tensors {
  private static final long MOST_ELEMENTS = Frame.MOST_BYTES;

  private Tensors() {}

  /** The first {@code product(shape)} elements as they are. */
  public static Tensor f32(float[] values, int... shape) {
    int length = length(shape);
    ByteBuffer data = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values, 0, length);
    return tensor(DataType.DATA_TYPE_F32, data.array(), shape).build();
  }

  /**
   * Two bytes each, IEEE 754 binary16: eleven significant bits, what is beyond ±65,504 clamped to
   * it; NaN stays.
   */
  public static Tensor f16(float[] values, int... shape) {
    int length = length(shape);
    ByteBuffer data = ByteBuffer.allocate(length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      data.putShort(floatToHalf(values[i]));
    }
    return tensor(DataType.DATA_TYPE_F16, data.array(), shape).build();
  }

  /** One byte each: {@code low + q * (high - low) / 255}. */
  public static Tensor u8(float[] values, float low, float high, int... shape) {
    byte[] data = new byte[length(shape)];
    float scale = scale(low, high, 255);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) code(values[i], low, scale, 255);
    }
    return tensor(DataType.DATA_TYPE_U8, data, shape).setScale(scale).setZero(low).build();
  }

  /** Two bytes each: {@code low + q * (high - low) / 65535}. */
  public static Tensor u16(float[] values, float low, float high, int... shape) {
    int length = length(shape);
    ByteBuffer data = ByteBuffer.allocate(length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    float scale = scale(low, high, 65535);
    for (int i = 0; i < length; i++) {
      data.putShort((short) code(values[i], low, scale, 65535));
    }
    return tensor(DataType.DATA_TYPE_U16, data.array(), shape).setScale(scale).setZero(low).build();
  }

  /**
   * Decodes any supported type.
   *
   * @throws MalformedFrameException when the size does not match shape and type; nothing is
   *     allocated before that is checked
   */
  public static float[] floats(Tensor tensor) throws MalformedFrameException {
    long length = 1;
    for (int side : tensor.getShapeList()) {
      length *= Integer.toUnsignedLong(side);
      if (length > MOST_ELEMENTS) {
        throw new MalformedFrameException(
            "tensor must have at most " + MOST_ELEMENTS + " elements: " + tensor.getShapeList());
      }
    }
    int width =
        switch (tensor.getType()) {
          case DATA_TYPE_F32 -> 4;
          case DATA_TYPE_F16, DATA_TYPE_U16 -> 2;
          case DATA_TYPE_U8 -> 1;
          case DATA_TYPE_UNSPECIFIED, UNRECOGNIZED ->
              throw new MalformedFrameException(
                  "tensor type must be one of f32, f16, u8, u16: " + tensor.getTypeValue());
        };
    if (tensor.getData().size() != length * width) {
      throw new MalformedFrameException(
          "tensor of shape %s must have %d bytes: %d"
              .formatted(tensor.getShapeList(), length * width, tensor.getData().size()));
    }
    ByteBuffer data = tensor.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[(int) length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.getType()) {
            case DATA_TYPE_F32 -> data.getFloat();
            case DATA_TYPE_F16 -> halfToFloat(data.getShort());
            case DATA_TYPE_U8 -> tensor.getZero() + tensor.getScale() * (data.get() & 0xff);
            default -> tensor.getZero() + tensor.getScale() * (data.getShort() & 0xffff);
          };
    }
    return values;
  }

  /** IEEE 754 binary16 to binary32; JDK 20 has this as Float.float16ToFloat. */
  static float halfToFloat(short half) {
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

  /** Rounds to nearest, halves to even; JDK 20 has this as Float.floatToFloat16. */
  static short floatToHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    float magnitude = Math.min(Math.abs(value), 65504);
    if (magnitude < 0x1p-14f) {
      // Subnormal: a multiple of 2^-24, which rint rounds to.
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
    }
    int rounded = Float.floatToRawIntBits(magnitude);
    rounded += 0xfff + ((rounded >>> 13) & 1);
    return (short) (sign | ((rounded >>> 13) - (112 << 10)));
  }

  private static Tensor.Builder tensor(DataType type, byte[] data, int... shape) {
    ByteString content = UnsafeByteOperations.unsafeWrap(data);
    Tensor.Builder tensor = Tensor.newBuilder().setType(type).setData(content);
    for (int side : shape) {
      tensor.addShape(side);
    }
    return tensor;
  }

  private static int length(int... shape) {
    int length = 1;
    for (int side : shape) {
      length = Math.multiplyExact(length, side);
    }
    return length;
  }

  private static float scale(float low, float high, int steps) {
    if (!(high >= low) || Float.isInfinite(high - low)) {
      throw new IllegalArgumentException("bounds must be finite, low first: " + low + ", " + high);
    }
    return (high - low) / steps;
  }

  private static int code(float value, float low, float scale, int steps) {
    if (scale == 0) {
      return 0;
    }
    return Math.max(0, Math.min(steps, Math.round((value - low) / scale)));
  }
}
