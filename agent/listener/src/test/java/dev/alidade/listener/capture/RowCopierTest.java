package dev.alidade.listener.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class RowCopierTest {
  private static final long ALL = 1 << 20;
  private final RowCopier copier = new RowCopier();
  private final Rows rows = new Rows();

  private static INDArray counted(DataType type, long... shape) {
    INDArray array = Nd4j.createUninitialized(type, shape, 'c');
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, (double) ((i * 37 % 101) - 50));
    }
    return array;
  }

  /** Named arrays of every order, stride and offset that networks are seen to hand over. */
  static Stream<Arguments> arrays() {
    INDArray wide = counted(DataType.FLOAT, 10, 12);
    INDArray images = counted(DataType.FLOAT, 4, 6, 5, 7); // as channels, rows, height, width
    INDArray sequence = counted(DataType.FLOAT, 6, 5, 9);
    return Stream.of(
        Arguments.of("dense c", counted(DataType.FLOAT, 7, 5), 1),
        Arguments.of("dense f", counted(DataType.FLOAT, 7, 5).dup('f'), 1),
        Arguments.of("double", counted(DataType.DOUBLE, 7, 5), 1),
        Arguments.of("half", counted(DataType.FLOAT16, 7, 5), 1),
        Arguments.of("transposed", counted(DataType.FLOAT, 5, 7).transpose(), 1),
        Arguments.of(
            "columns 3 to 8 of 12", wide.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 8)), 1),
        Arguments.of("rows 2 to 9", wide.get(NDArrayIndex.interval(2, 9), NDArrayIndex.all()), 1),
        Arguments.of(
            "every third column", wide.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3, 12)), 1),
        Arguments.of("one row", counted(DataType.FLOAT, 1, 5), 1),
        Arguments.of("one unit", counted(DataType.FLOAT, 5, 1), 1),
        Arguments.of("convolution NCHW", counted(DataType.FLOAT, 6, 4, 5, 7), 1),
        Arguments.of("convolution, channels outermost", images.permute(1, 0, 2, 3), 1),
        Arguments.of("convolution NHWC", counted(DataType.FLOAT, 6, 5, 7, 4), 3),
        Arguments.of("convolution f", counted(DataType.FLOAT, 6, 4, 5, 7).dup('f'), 1),
        Arguments.of("height and width swapped", images.permute(1, 0, 3, 2), 1),
        Arguments.of("three-dimensional", counted(DataType.FLOAT, 3, 2, 4, 5, 2), 1),
        Arguments.of("sequence NCW", sequence, 1),
        Arguments.of("sequence f", sequence.dup('f'), 1),
        Arguments.of("sequence NWC", sequence, 2),
        Arguments.of(
            "segment of a sequence",
            sequence.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(4, 9)),
            1),
        Arguments.of(
            "double segment with offset",
            sequence
                .castTo(DataType.DOUBLE)
                .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(4, 9)),
            1));
  }

  // The arguments are views of one another: closing one would free the others.
  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("arrays")
  void values_areThoseOfTheArray(String name, INDArray array, int unitAxis) {
    copier.copy(array, unitAxis, ALL, rows);
    assertThat(rows.rows()).isEqualTo((int) array.size(0));
    assertThat(rows.rowsPresent()).isEqualTo((int) array.size(0));
    compare(array, unitAxis);
  }

  // The arguments are views of one another: closing one would free the others.
  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("arrays")
  void rowsAboveTheLimit_areEvenlyStrided(String name, INDArray array, int unitAxis) {
    long rowBytes = array.length() / array.size(0) * array.data().getElementSize();
    copier.copy(array, unitAxis, 2 * rowBytes, rows);
    assertThat(rows.rows()).isEqualTo((int) Math.min(2, array.size(0)));
    assertThat(rows.rowsPresent()).isEqualTo((int) array.size(0));
    assertThat((long) rows.elements() * array.data().getElementSize())
        .isLessThanOrEqualTo(2 * rowBytes);
    compare(array, unitAxis);
  }

  /** Every copied value against ND4J's own access. */
  private void compare(INDArray array, int unitAxis) {
    float[] values = new float[rows.elements()];
    rows.decode(values);
    assertThat(rows.units()).isEqualTo((int) array.size(unitAxis));
    assertThat(rows.positions())
        .isEqualTo((int) (array.length() / array.size(0) / array.size(unitAxis)));
    int axes = array.rank();
    int[] order = new int[axes];
    order[1] = unitAxis;
    int next = 2;
    for (int axis = 1; axis < axes; axis++) {
      if (axis != unitAxis) {
        order[next++] = axis;
      }
    }
    INDArray canonical =
        array.permute(order).dup('c').reshape('c', array.size(0), rows.units(), rows.positions());
    for (int row = 0; row < rows.rows(); row++) {
      for (int unit = 0; unit < rows.units(); unit++) {
        for (int position = 0; position < rows.positions(); position++) {
          float copied =
              values[
                  row * rows.rowStride()
                      + unit * rows.unitStride()
                      + position * rows.positionStride()];
          assertThat(copied)
              .isEqualTo((float) canonical.getDouble(rows.source(row), unit, position));
        }
      }
    }
  }

  @Test
  void rowAboveTheLimit_isReadAtEvenlyStridedPositions() {
    INDArray array = counted(DataType.FLOAT, 2, 3, 8, 8);
    copier.copy(array, 1, 3 * 16 * Float.BYTES, rows);
    assertThat(rows.rows()).isEqualTo(1);
    assertThat(rows.positions()).isEqualTo(16);
    float[] values = new float[rows.elements()];
    rows.decode(values);
    for (int unit = 0; unit < 3; unit++) {
      for (int position = 0; position < 16; position++) {
        int pixel = 4 * position;
        assertThat(values[unit * 16 + position])
            .isEqualTo(array.getFloat(0, unit, pixel / 8, pixel % 8));
      }
    }
  }

  @Test
  void buffer_isReusedForSmallerArrays() {
    copier.copy(counted(DataType.FLOAT, 8, 5), 1, ALL, rows);
    byte[] before = rows.bytes;
    copier.copy(counted(DataType.FLOAT, 3, 5), 1, ALL, rows);
    assertThat(rows.bytes).isSameAs(before);
    assertThat(rows.elements()).isEqualTo(15);
  }

  @Test
  void typeThatIsNotRead_isNamed() {
    for (DataType type : List.of(DataType.INT8, DataType.BFLOAT16)) {
      assertThatThrownBy(() -> copier.copy(Nd4j.zeros(type, 2, 2), 1, ALL, rows))
          .isInstanceOf(UnreadableException.class)
          .hasMessage("data type must be one of HALF, FLOAT, DOUBLE, INT, LONG: " + type);
    }
  }
}
