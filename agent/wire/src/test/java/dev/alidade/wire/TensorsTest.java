package dev.alidade.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.alidade.wire.proto.DataType;
import dev.alidade.wire.proto.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class TensorsTest {

  @Property
  void u8_andU16_areWithinHalfAStep(@ForAll @FloatRange(min = -3, max = 5) float value)
      throws Exception {
    float[] one = {value};

    assertThat(Tensors.floats(Tensors.u8(one, -3, 5, 1))[0])
        .isCloseTo(value, within(8 / 255f / 2 + 1e-5f));
    assertThat(Tensors.floats(Tensors.u16(one, -3, 5, 1))[0])
        .isCloseTo(value, within(8 / 65535f / 2 + 1e-5f));
  }

  @Test
  void f32_isExact_withNaNAndInfinity() throws Exception {
    float[] values = {Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -0f};

    assertThat(Tensors.floats(Tensors.f32(values, 2, 2))).isEqualTo(values);
  }

  @Test
  void quantising_clampsToTheBounds_andSurvivesAnEmptyRange() throws Exception {
    assertThat(Tensors.floats(Tensors.u8(new float[] {-9, 9}, 0, 1, 2))).containsExactly(0, 1);
    assertThat(Tensors.floats(Tensors.u8(new float[] {4}, 4, 4, 1))).containsExactly(4);
    assertThatThrownBy(() -> Tensors.u8(new float[] {0}, 1, Float.NaN, 1))
        .hasMessage("bounds must be finite, low first: 1.0, NaN");
  }

  @Test
  void halves_ofEveryClass_areDecoded() throws Exception {
    Tensor halves =
        Tensor.newBuilder()
            .setType(DataType.DATA_TYPE_F16)
            .addShape(6)
            .setData(bytes(0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0xff, 0x7b, 0x00, 0x7c, 0x00, 0x7e))
            .build();

    assertThat(Tensors.floats(halves))
        .containsExactly(1f, -2f, 0x1p-24f, 65504f, Float.POSITIVE_INFINITY, Float.NaN);
  }

  @Test
  void everyHalf_survivesBothWays() {
    for (int half = 0; half < 0x7c00; half++) {
      assertThat(Tensors.floatToHalf(Tensors.halfToFloat((short) half))).isEqualTo((short) half);
      short negative = (short) (half | 0x8000);
      assertThat(Tensors.floatToHalf(Tensors.halfToFloat(negative))).isEqualTo(negative);
    }
  }

  @Test
  void f16_roundsToNearest_andClamps() throws Exception {
    float[] values = {1.00048f, 1.0005f, 1e9f, -1e9f, Float.NaN, 3e-8f};
    assertThat(Tensors.floats(Tensors.f16(values, 6)))
        .containsExactly(1, 1 + 0x1p-10f, 65504, -65504, Float.NaN, 0x1p-24f);
  }

  @Test
  void floats_ofLyingShape_isRefusedBeforeAllocation() {
    Tensor huge =
        Tensor.newBuilder()
            .setType(DataType.DATA_TYPE_F32)
            .addShape(-1)
            .addShape(-1)
            .addShape(-1)
            .build();
    Tensor shortOfBytes =
        Tensor.newBuilder().setType(DataType.DATA_TYPE_U8).addShape(3).setData(bytes(1, 2)).build();

    assertThatThrownBy(() -> Tensors.floats(huge))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageStartingWith("tensor must have at most 8388608 elements: ");
    assertThatThrownBy(() -> Tensors.floats(shortOfBytes))
        .hasMessage("tensor of shape [3] must have 3 bytes: 2");
    assertThatThrownBy(() -> Tensors.floats(Tensor.getDefaultInstance()))
        .hasMessage("tensor type must be one of f32, f16, u8, u16: 0");
  }

  private static ByteString bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteString.copyFrom(bytes);
  }
}
