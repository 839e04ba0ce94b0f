package dev.alidade.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's two applications: what is wrong with the data shows in the maps. */
class GroupStudyIT {
  @TempDir Path folder;

  private TrainingOptions options() {
    TrainingOptions options = new TrainingOptions();
    options.folder = folder;
    return options;
  }

  @Test
  void wrongLabels_makeTheMapOfOneDigitThatOfTheOther() throws Exception {
    LabelErrorExample.Outcome outcome = LabelErrorExample.study(options(), 300);

    // Zeros and ones are the most different of digits.
    assertThat(outcome.clean()).isLessThan(-0.2);
    assertThat(outcome.wrong() - outcome.clean()).isGreaterThan(0.3);
    assertThat(ImageIO.read(outcome.picture().toFile()).getWidth()).isEqualTo(1000);
  }

  @Test
  void markTiedToAClass_excitesTheUnitsOfThatClass() throws Exception {
    BiasExample.Outcome outcome = BiasExample.study(options(), 300);

    assertThat(outcome.biased()).isGreaterThan(0.5);
    assertThat(outcome.biased() - outcome.fair()).isGreaterThan(0.3);
    assertThat(Files.size(outcome.picture())).isPositive();
  }
}
