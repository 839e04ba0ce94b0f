package dev.alidade.examples.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Addition modulo a prime as a task that is memorised first and understood much later (Power et
 * al., "Grokking: generalization beyond overfitting on small algorithmic datasets", 2022), for a
 * network with one hidden layer (as Gromov, "Grokking modular arithmetic", 2023, with ReLU).
 *
 * <p>Every pair of summands is an example: two one-hot vectors, the sum as its class. A part of
 * them is trained on, all at once; weight decay makes the network give up memorising.
 */
public final class ModularAddition {
  private final int modulus;
  private final List<int[]> training;
  private final List<int[]> validation;

  /**
   * Divides all pairs at random.
   *
   * @param share of the pairs to train on, above 0 and below 1
   */
  public ModularAddition(int modulus, double share, long seed) {
    if (modulus < 3) {
      throw new IllegalArgumentException("modulus must be at least 3: " + modulus);
    }
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share must be above 0 and below 1: " + share);
    }
    this.modulus = modulus;
    List<int[]> pairs = new ArrayList<>();
    for (int a = 0; a < modulus; a++) {
      for (int b = 0; b < modulus; b++) {
        pairs.add(new int[] {a, b});
      }
    }
    Collections.shuffle(pairs, new Random(seed));
    int trained = (int) (share * pairs.size());
    training = pairs.subList(0, trained);
    validation = pairs.subList(trained, pairs.size());
  }

  public DataSet training() {
    return data(training);
  }

  public DataSet validation() {
    return data(validation);
  }

  private DataSet data(List<int[]> pairs) {
    float[] features = new float[pairs.size() * 2 * modulus];
    float[] labels = new float[pairs.size() * modulus];
    for (int row = 0; row < pairs.size(); row++) {
      int[] pair = pairs.get(row);
      features[row * 2 * modulus + pair[0]] = 1;
      features[row * 2 * modulus + modulus + pair[1]] = 1;
      labels[row * modulus + (pair[0] + pair[1]) % modulus] = 1;
    }
    return new DataSet(
        Nd4j.createFromArray(features).reshape(pairs.size(), 2L * modulus),
        Nd4j.createFromArray(labels).reshape(pairs.size(), modulus));
  }

  /** A network ready to train: "hidden", "logits", "loss". */
  public SameDiff network(int hidden, double learningRate, double weightDecay, long seed) {
    SameDiff graph = SameDiff.create();
    Parameters parameters = new Parameters(graph, DataType.FLOAT, seed);
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 2L * modulus);
    SDVariable y = graph.placeHolder("y", DataType.FLOAT, -1, modulus);
    SDVariable before = graph.mmul(x, parameters.weights("in", 2 * modulus, hidden));
    SDVariable after = graph.nn.relu("hidden", before, 0);
    SDVariable logits = graph.mmul("logits", after, parameters.weights("out", hidden, modulus));
    graph.loss.softmaxCrossEntropy("loss", y, logits, null);
    graph.setLossVariables("loss");
    graph.setTrainingConfig(
        TrainingConfig.builder()
            .updater(new Adam(learningRate, .9, .98, 1e-8))
            .weightDecay(weightDecay, true)
            .dataSetFeatureMapping("x")
            .dataSetLabelMapping("y")
            .build());
    return graph;
  }

  /** The share of examples whose sum a network names. */
  public static double accuracy(SameDiff network, DataSet data) {
    INDArray logits = network.outputSingle(Map.of("x", data.getFeatures()), "logits");
    INDArray right = logits.argMax(1).eq(data.getLabels().argMax(1));
    return right.castTo(DataType.DOUBLE).meanNumber().doubleValue();
  }
}
