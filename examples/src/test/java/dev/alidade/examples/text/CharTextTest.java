package dev.alidade.examples.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class CharTextTest {
  @Test
  void bigramEntropy_ofKnownTexts_isKnown() {
    assertThat(CharText.of("ab".repeat(1000)).bigramEntropy()).isZero();
    // After a comes b or c, equally often; after these comes always a.
    assertThat(CharText.of("abac".repeat(5000)).bigramEntropy())
        .isCloseTo(Math.log(2) / 2, within(1e-4));
  }

  @Test
  void windows_labelsAreTheNextCharacter_andPartsAreApart() {
    StringBuilder text = new StringBuilder("x".repeat(1800));
    for (int i = 0; i < 100; i++) {
      text.append("yz");
    }
    CharText read = CharText.of(text.toString());
    assertThat(read.characters()).isEqualTo(3);
    TextWindows training = TextWindows.training(read, 8, 16, 2, () -> false, 1);
    assertThat(training.next().getFeatures(0).maxNumber().intValue()).isZero();
    MultiDataSet held = TextWindows.validation(read, 8, 16, 2, 1).next();
    INDArray features = held.getFeatures(0);
    assertThat(features.minNumber().intValue()).isEqualTo(1);
    for (int row = 0; row < 8; row++) {
      for (int i = 0; i < 15; i++) {
        assertThat(held.getLabels(0).getInt(row, i)).isEqualTo(features.getInt(row, i + 1));
      }
    }
  }

  @Test
  void windows_whenTimeIsUp_giveOneBatch() {
    CharText read = CharText.made(1, 3000);
    TextWindows training = TextWindows.training(read, 2, 8, 5, () -> true, 1);
    training.next();
    assertThat(training.hasNext()).isFalse();
    training.reset();
    assertThat(training.hasNext()).isTrue();
  }

  @Test
  void text_thatIsShort_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharText.of("short"))
        .withMessage("text must have at least 2000 characters: 5");
  }
}
