package dev.alidade.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class DigitBatchesTest {
  @Test
  void batch_any_holdsPixelsAndOneHotLabels() {
    DigitBatches batches = new DigitBatches(new DrawnDigits(1), 4, 2);
    float[] pixels = new float[Digits.PIXELS];

    DataSet batch = batches.next();

    assertThat(batch.getFeatures().shape()).containsExactly(4, Digits.PIXELS);
    assertThat(batch.getLabels().shape()).containsExactly(4, Digits.CLASSES);
    for (int row = 0; row < 4; row++) {
      int label = new DrawnDigits(1).read(row, pixels, 0);
      assertThat(batch.getLabels().getRow(row).toFloatVector()[label]).isEqualTo(1);
      assertThat(batch.getLabels().getRow(row).sumNumber().floatValue()).isEqualTo(1);
      assertThat(batch.getFeatures().getRow(row).toFloatVector()).isEqualTo(pixels);
    }
  }

  @Test
  void epoch_atItsEnd_stopsAndTheNextGoesOnWithOtherDigits() {
    DigitBatches batches = new DigitBatches(new DrawnDigits(1), 2, 1);
    DataSet first = batches.next();

    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    batches.reset();
    assertThat(batches.next().getFeatures()).isNotEqualTo(first.getFeatures());
  }

  @Test
  void epoch_toldToEnd_hasNoFurtherBatch() {
    boolean[] ended = {false};
    DigitBatches batches = new DigitBatches(new DrawnDigits(1), 2, 100).until(() -> ended[0]);

    assertThat(batches.hasNext()).isTrue();
    ended[0] = true;
    assertThat(batches.hasNext()).isFalse();
  }

  @Test
  void batch_zero_isRefused() {
    assertThatThrownBy(() -> new DigitBatches(new DrawnDigits(1), 0, 1))
        .hasMessage("batch must be at least 1: 0");
  }
}
