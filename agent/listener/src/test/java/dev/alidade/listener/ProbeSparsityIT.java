package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.alidade.analysis.laws.Cett;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** What a probe says could be cut, against the definition worked out by hand at that iteration. */
class ProbeSparsityIT {
  private static final int ITERATIONS = 30;
  private static final int ROWS = 24;

  @TempDir Path folder;
  private final DataSet probe = Nets.flat(1, ROWS).get(0);

  /** One layer's weights and what goes in and out, in double. */
  private static final class Dense {
    final double[][] weights;
    final double[] bias;

    Dense(double[][] weights, double[] bias) {
      this.weights = weights;
      this.bias = bias;
    }

    static Dense of(MultiLayerNetwork net, int layer) {
      INDArray w = net.getParam(layer + "_W");
      INDArray b = net.getParam(layer + "_b");
      return new Dense(
          w.castTo(DataType.DOUBLE).toDoubleMatrix(), b.castTo(DataType.DOUBLE).toDoubleVector());
    }

    double[][] of(double[][] rows) {
      double[][] out = new double[rows.length][bias.length];
      for (int row = 0; row < rows.length; row++) {
        for (int o = 0; o < bias.length; o++) {
          out[row][o] = bias[o];
          for (int i = 0; i < weights.length; i++) {
            out[row][o] += rows[row][i] * weights[i][o];
          }
        }
      }
      return out;
    }

    double norm(int unit) {
      double sum = 0;
      for (double each : weights[unit]) {
        sum += each * each;
      }
      return Math.sqrt(sum);
    }

    float[] flat() {
      return ProbeSparsityIT.flat(weights);
    }
  }

  private static float[] flat(double[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return flat;
  }

  /** The network of {@link Nets#mlp}, in double. */
  private final class ByHand {
    final Dense first;
    final Dense second;
    final Dense last;
    long cut;

    ByHand(MultiLayerNetwork net) {
      first = Dense.of(net, 0);
      second = Dense.of(net, 1);
      last = Dense.of(net, 2);
    }

    double[][] input() {
      return probe.getFeatures().castTo(DataType.DOUBLE).toDoubleMatrix();
    }

    double[][] relu(double[][] values) {
      return each(values, v -> Math.max(0, v));
    }

    double[][] tanh(double[][] values) {
      return each(values, Math::tanh);
    }

    private double[][] each(double[][] values, java.util.function.DoubleUnaryOperator function) {
      double[][] out = new double[values.length][];
      for (int row = 0; row < values.length; row++) {
        out[row] = java.util.Arrays.stream(values[row]).map(function).toArray();
      }
      return out;
    }

    private void mask(double[][] values, Dense fed, double threshold) {
      for (double[] row : values) {
        for (int unit = 0; unit < row.length; unit++) {
          if (Math.abs(row[unit]) * fed.norm(unit) <= threshold) {
            row[unit] = 0;
            cut++;
          }
        }
      }
    }

    private double loss(double firstThreshold, double secondThreshold) {
      cut = 0;
      double[][] hidden = relu(first.of(input()));
      mask(hidden, second, firstThreshold);
      hidden = tanh(second.of(hidden));
      mask(hidden, last, secondThreshold);
      double[][] logits = last.of(hidden);
      double loss = 0;
      for (int row = 0; row < ROWS; row++) {
        double sum = 0;
        for (double logit : logits[row]) {
          sum += Math.exp(logit);
        }
        int label = probe.getLabels().getRow(row).argMax().getInt(0);
        loss -= (logits[row][label] - Math.log(sum)) / ROWS;
      }
      return loss;
    }

    double cettOfFirst() {
      return cut(relu(first.of(input())), second, 0.2).sparsity();
    }

    private Cett.Cut cut(double[][] values, Dense fed, double target) {
      Cett cett = new Cett(fed.flat(), fed.weights.length, fed.bias.length);
      return cett.cut(flat(values), ROWS, target);
    }

    double atPerplexityRise() {
      double[][] one = relu(first.of(input()));
      double[][] two = tanh(second.of(one));
      double dense = loss(-1, -1);
      double low = 0;
      double high = 1;
      double found = Double.NaN;
      for (int i = 0; i < 8; i++) {
        double middle = (low + high) / 2;
        double rise =
            loss(cut(one, second, middle).threshold(), cut(two, last, middle).threshold()) - dense;
        if (Math.exp(rise) <= 1.01) {
          low = middle;
          found = (double) cut / (ROWS * (8 + 5));
        } else {
          high = middle;
        }
      }
      return found;
    }
  }

  @Test
  void sparsities_areThoseOfTheNamedIteration() throws Exception {
    List<DataSet> batches = Nets.flat(ITERATIONS, 16);
    String file;
    try (Alidade alidade =
        Alidade.builder()
            .folder(folder)
            .server("none")
            .every(1)
            .analysisBudget(1)
            .callbackBudget(1)
            .probe(probe)
            .start()) {
      MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
      net.addListeners(alidade.listener());
      for (DataSet batch : batches) {
        net.fit(batch);
        await()
            .pollInterval(Duration.ofMillis(2))
            .atMost(Duration.ofSeconds(20))
            .until(() -> alidade.status().inFlight() == 0);
      }
      alidade.close();
      assertThat(alidade.status().failures()).isZero();
      file = alidade.recording();
    }
    MultiLayerNetwork twin = Nets.mlp(DataType.FLOAT, 1);
    List<ByHand> byIteration = new ArrayList<>();
    for (DataSet batch : batches) {
      byIteration.add(new ByHand(twin));
      twin.fit(batch);
    }
    int cetts = 0;
    int perplexities = 0;
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      Description description =
          reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
      int cett = ids(description, Scope.SCOPE_LAYER).indexOf("cett_sparsity");
      int ppl = ids(description, Scope.SCOPE_RUN).indexOf("ppl_sparsity");
      for (StoredFrame each : reader.range(Kind.KIND_NUMBERS, 0, 1000, 1000)) {
        Numbers numbers = each.frame().payload(Numbers.parser());
        ByHand expected = byIteration.get((int) each.frame().iteration());
        float found = numbers.getLayers(0).getValues(cett);
        if (!Float.isNaN(found)) {
          assertThat((double) found).isCloseTo(expected.cettOfFirst(), within(1.01 / (ROWS * 8)));
          cetts++;
        }
        float perplexity = numbers.getRunValues(ppl);
        if (!Float.isNaN(perplexity)) {
          assertThat((double) perplexity)
              .isCloseTo(expected.atPerplexityRise(), within(2.01 / (ROWS * 13)));
          perplexities++;
        }
        assertThat(numbers.getLayers(2).getValues(cett)).as("feeds nothing").isNaN();
      }
    }
    assertThat(cetts).isPositive();
    assertThat(perplexities).isPositive();
  }

  private static List<String> ids(Description description, Scope scope) {
    return description.getQuantitiesList().stream()
        .filter(each -> each.getScope() == scope)
        .map(Quantity::getId)
        .toList();
  }
}
