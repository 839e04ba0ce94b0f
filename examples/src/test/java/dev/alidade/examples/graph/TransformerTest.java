package dev.alidade.examples.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TransformerTest {
  private static final int CHARACTERS = 5;
  private static final int LENGTH = 4;
  private static final double STEP = 1e-5;

  private static SameDiff small(boolean gelu) {
    return Transformer.graph(
        new Transformer.Shape(CHARACTERS, LENGTH, 2, 4, 2, gelu), DataType.DOUBLE, 3);
  }

  private static Map<String, INDArray> batch() {
    Random random = new Random(1);
    int[] values = random.ints(4 * LENGTH, 0, CHARACTERS).toArray();
    INDArray all = Nd4j.createFromArray(values).reshape(4, LENGTH);
    return Map.of("x", all, "y", all.addi(1).fmodi(CHARACTERS).dup());
  }

  private static double loss(SameDiff graph, Map<String, INDArray> batch) {
    return graph.output(batch, "loss").get("loss").getDouble(0);
  }

  /** Several operations of this framework have gradients that are silently wrong. */
  @Test
  void gradients_areThoseOfFiniteDifferences() {
    SameDiff graph = small(true);
    Map<String, INDArray> batch = batch();
    List<String> names = new ArrayList<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        names.add(variable.name());
      }
    }
    assertThat(names).hasSizeGreaterThan(20);
    Map<String, INDArray> gradients = graph.calculateGradients(batch, names);
    for (String name : names) {
      INDArray parameter = graph.getVariable(name).getArr();
      for (long i = 0; i < parameter.length(); i += 1 + parameter.length() / 4) {
        double value = parameter.getDouble(i);
        parameter.putScalar(i, value + STEP);
        double above = loss(graph, batch);
        parameter.putScalar(i, value - STEP);
        double below = loss(graph, batch);
        parameter.putScalar(i, value);
        assertThat(gradients.get(name).getDouble(i))
            .as(name + " " + i)
            .isCloseTo((above - below) / (2 * STEP), within(1e-6));
      }
    }
  }

  @Test
  void logits_doNotDependOnCharactersToCome() {
    SameDiff graph = small(false);
    INDArray x = Nd4j.createFromArray(new int[][] {{0, 1, 2, 3}});
    INDArray changed = Nd4j.createFromArray(new int[][] {{0, 1, 2, 4}});
    INDArray before = graph.output(Map.of("x", x), "logits").get("logits").dup();
    INDArray after = graph.output(Map.of("x", changed), "logits").get("logits").dup();
    for (int position = 0; position < LENGTH; position++) {
      boolean same = before.getRow(position).equalsWithEps(after.getRow(position), 1e-12);
      assertThat(same).as("position " + position).isEqualTo(position < LENGTH - 1);
    }
  }

  @Test
  void width_thatHeadsDoNotDivide_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transformer.Shape(5, 4, 1, 6, 4, false))
        .withMessage("width must be a multiple of heads (4): 6");
  }
}
