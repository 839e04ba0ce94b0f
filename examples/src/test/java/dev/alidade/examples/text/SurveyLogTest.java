package dev.alidade.examples.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class SurveyLogTest {
  @Test
  void log_anyLength_usesOnlyKnownCharacters() {
    SurveyLog log = new SurveyLog(1);
    for (int i = 0; i < 20_000; i++) {
      assertThat(log.next()).isBetween(0, SurveyLog.CHARACTERS.length() - 1);
    }
  }

  @Test
  void log_sameSeed_isTheSameText() {
    assertThat(text(new SurveyLog(2), 500)).isEqualTo(text(new SurveyLog(2), 500));
    assertThat(text(new SurveyLog(2), 500)).isNotEqualTo(text(new SurveyLog(3), 500));
  }

  @Test
  void batch_labels_areTheFeaturesOneCharacterLater() {
    TextBatches batches = new TextBatches(1, 3, 20);
    DataSet first = batches.next();
    DataSet second = batches.next();

    for (int row = 0; row < 3; row++) {
      int[] features = first.getFeatures().slice(row).argMax(0).toIntVector();
      int[] labels = first.getLabels().slice(row).argMax(0).toIntVector();
      for (int t = 0; t + 1 < 20; t++) {
        assertThat(labels[t]).isEqualTo(features[t + 1]);
      }
      assertThat(second.getFeatures().slice(row).argMax(0).toIntVector()[0])
          .as("the next batch goes on where this one ended")
          .isEqualTo(labels[19]);
    }
  }

  private static String text(SurveyLog log, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(SurveyLog.CHARACTERS.charAt(log.next()));
    }
    return text.toString();
  }
}
