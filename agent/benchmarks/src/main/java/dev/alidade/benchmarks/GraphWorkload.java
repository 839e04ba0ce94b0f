package dev.alidade.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A SameDiff graph in training: the flagship example's transformer. */
final class GraphWorkload implements Workload {
  private static final int BATCHES = 8;
  private static final int CHARACTERS = 65;
  private static final int LAYERS = 2;
  private static final int WIDTH = 128;
  private static final int HEADS = 4;
  private static final int LENGTH = 64;
  private static final int BATCH = 16;

  private final SameDiff graph = SameDiff.create();
  private final Random random = new Random(7);
  private final List<DataSet> batches = new ArrayList<>();

  private GraphWorkload() {}

  /** Two blocks of width 128, four heads, batches of 16 × 64 characters: 460,000 parameters. */
  static Workload transformer() {
    GraphWorkload workload = new GraphWorkload();
    workload.build();
    for (int i = 0; i < BATCHES; i++) {
      workload.batches.add(new DataSet(workload.classes(), workload.classes()));
    }
    return workload;
  }

  @Override
  public String name() {
    return "transformer 2x128 b16x64";
  }

  @Override
  public void watchedBy(Contender contender) {
    TimedGraphListener listener = contender.graphListener();
    if (listener == null) {
      graph.setListeners();
    } else {
      graph.setListeners(listener);
    }
  }

  @Override
  public void train(int iterations) {
    List<DataSet> taken = new ArrayList<>();
    for (int i = 0; i < iterations; i++) {
      taken.add(batches.get(i % batches.size()));
    }
    DataSetIterator data = new ExistingDataSetIterator(taken);
    graph.fit(data, 1);
  }

  private INDArray classes() {
    return Nd4j.createFromArray(random.ints(BATCH * LENGTH, 0, CHARACTERS).toArray())
        .reshape(BATCH, LENGTH);
  }

  private void build() {
    SDVariable x = graph.placeHolder("x", DataType.INT32, -1, LENGTH);
    SDVariable y = graph.placeHolder("y", DataType.INT32, -1, LENGTH);
    SDVariable token = graph.mmul(oneHot(x), weights("token", CHARACTERS, WIDTH));
    SDVariable stream =
        graph.reshape(token, -1, LENGTH, WIDTH).add(weights("position", LENGTH, WIDTH));
    for (int block = 0; block < LAYERS; block++) {
      String name = "block" + block + "/";
      stream = stream.add(name + "middle", attention(name, stream));
      stream = stream.add(name + "out", mlp(name, stream));
    }
    SDVariable logits = graph.mmul("logits", flat(stream), weights("head", WIDTH, CHARACTERS));
    graph.loss.softmaxCrossEntropy("loss", oneHot(y), logits, null);
    graph.setLossVariables("loss");
    graph.setTrainingConfig(
        TrainingConfig.builder()
            .updater(new Adam(1e-4))
            .dataSetFeatureMapping("x")
            .dataSetLabelMapping("y")
            .build());
  }

  private SDVariable oneHot(SDVariable classes) {
    return graph.oneHot(graph.reshape(classes, -1), CHARACTERS, 1, 1, 0, DataType.FLOAT);
  }

  private SDVariable attention(String block, SDVariable stream) {
    SDVariable from = flat(norm(block + "norm1", stream));
    SDVariable scores =
        graph.mmul(heads(block + "q", from), heads(block + "k", from), false, true, false);
    SDVariable scaled = scores.mul(1 / Math.sqrt((double) WIDTH / HEADS));
    SDVariable attention = graph.nn.softmax(block + "attention", scaled, 3);
    SDVariable mixed = graph.permute(graph.mmul(attention, heads(block + "v", from)), 0, 2, 1, 3);
    SDVariable joined = graph.reshape(mixed, -1, WIDTH);
    return unflat(graph.mmul(joined, weights(block + "o", WIDTH, WIDTH)));
  }

  private SDVariable heads(String name, SDVariable from) {
    SDVariable product = graph.mmul(from, weights(name, WIDTH, WIDTH));
    return graph.permute(graph.reshape(product, -1, LENGTH, HEADS, WIDTH / HEADS), 0, 2, 1, 3);
  }

  private SDVariable mlp(String block, SDVariable stream) {
    SDVariable from = flat(norm(block + "norm2", stream));
    SDVariable up = graph.mmul(from, weights(block + "up", WIDTH, 4 * WIDTH));
    SDVariable hidden = graph.nn.relu(block + "mlp_hidden", up, 0);
    return unflat(graph.mmul(hidden, weights(block + "down", 4 * WIDTH, WIDTH)));
  }

  private SDVariable norm(String name, SDVariable stream) {
    SDVariable gain = graph.var(name + "_gain", Nd4j.ones(DataType.FLOAT, WIDTH));
    SDVariable bias = graph.var(name + "_bias", Nd4j.zeros(DataType.FLOAT, WIDTH));
    return graph.nn.layerNorm(name, stream, gain, bias, false, 2);
  }

  private SDVariable weights(String name, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(rows));
    }
    return graph.var(name, Nd4j.createFromArray(values).reshape(rows, columns));
  }

  private SDVariable flat(SDVariable stream) {
    return graph.reshape(stream, -1, WIDTH);
  }

  private SDVariable unflat(SDVariable rows) {
    return graph.reshape(rows, -1, LENGTH, WIDTH);
  }
}
