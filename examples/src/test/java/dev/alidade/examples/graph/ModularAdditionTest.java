package dev.alidade.examples.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class ModularAdditionTest {
  @Test
  void pairs_areDivided_andTheirSumsRight() {
    ModularAddition task = new ModularAddition(7, .5, 1);
    Set<Integer> seen = new HashSet<>();
    for (DataSet part : List.of(task.training(), task.validation())) {
      for (int row = 0; row < part.numExamples(); row++) {
        INDArray features = part.getFeatures().getRow(row);
        int first = -1;
        int second = -1;
        for (int i = 0; i < 14; i++) {
          if (features.getDouble(i) == 1) {
            first = first < 0 ? i : first;
            second = i - 7;
          }
        }
        assertThat(features.sumNumber().intValue()).isEqualTo(2);
        assertThat(part.getLabels().getRow(row).argMax().getInt(0)).isEqualTo((first + second) % 7);
        assertThat(seen.add(7 * first + second)).isTrue();
      }
    }
    assertThat(seen).hasSize(49);
    assertThat(task.training().numExamples()).isEqualTo(24);
  }

  @Test
  void share_outsideItsRange_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModularAddition(7, 1, 1))
        .withMessage("share must be above 0 and below 1: 1.0");
  }
}
