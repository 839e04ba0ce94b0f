package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first maps a viewer sees, from small batches of sparse units, some of them dead at times. */
class FirstTicksTest {
  private static final int CAUSES = 20;

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({"20, 64, 1", "128, 64, 2", "300, 32, 3"})
  void firstTicks_areShapedByTheData_andKeepTheirSize(int units, int rows, float sparsity) {
    float[] weights = gaussian(units * CAUSES);
    float[] bias = gaussian(units);
    LiveLayout layout = new LiveLayout(units, LiveLayout.Options.defaults());

    for (int tick = 0; tick < 30; tick++) {
      layout.fold(sparse(units, rows, weights, bias, sparsity), rows);
      layout.tick();

      // An exaggeration that collapses such a map leaves chance, 0.5.
      assertThat(layout.quality().trustworthiness()).as("tick %s", tick).isGreaterThan(0.6f);
      if (tick > 0) {
        // Units that come back from the rim pushed the rim, and so the next ones, further out.
        assertThat(reach(layout.positions())).as("tick %s", tick).isLessThan(3.2);
      }
    }
  }

  private float[] sparse(int units, int rows, float[] weights, float[] bias, float sparsity) {
    float[] batch = new float[rows * units];
    for (int row = 0; row < rows; row++) {
      float[] causes = gaussian(CAUSES);
      for (int unit = 0; unit < units; unit++) {
        float sum = sparsity * (bias[unit] - 1);
        for (int c = 0; c < CAUSES; c++) {
          sum += causes[c] * weights[unit * CAUSES + c];
        }
        batch[row * units + unit] = Math.max(0, sum);
      }
    }
    return batch;
  }

  private float[] gaussian(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double reach(float[] positions) {
    double reach = 0;
    for (int i = 0; i < positions.length; i += 2) {
      reach = Math.max(reach, Math.hypot(positions[i], positions[i + 1]));
    }
    return reach;
  }
}
