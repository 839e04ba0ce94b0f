package dev.alidade.listener;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/** Small SameDiff graphs and data for tests; the same ones at every call. */
final class Graphs {
  static final int ROWS = 6;
  static final int CLASSES = 3;
  static final int STEPS = 5;
  static final int WIDTH = 8;

  private Graphs() {}

  /** Two hidden layers, one of them with noise from ND4J's generator. */
  static SameDiff mlp() {
    SameDiff sd = SameDiff.create();
    Random random = new Random(1);
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, 4);
    SDVariable y = sd.placeHolder("y", DataType.FLOAT, -1, CLASSES);
    SDVariable first = sd.nn.relu("net/first", linear(sd, random, x, "first", 4, 7), 0);
    SDVariable noisy = first.add(sd.random.normal("noise", 0, 0.1, DataType.FLOAT, ROWS, 7));
    SDVariable second = sd.math.tanh("net/second", linear(sd, random, noisy, "second", 7, 5));
    SDVariable logits = sd.identity("logits", linear(sd, random, second, "out", 5, CLASSES));
    sd.loss.softmaxCrossEntropy("loss", y, logits, null);
    return trained(sd, "loss");
  }

  static SameDiff cnn() {
    SameDiff sd = SameDiff.create();
    Random random = new Random(2);
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, 1, 8, 8);
    SDVariable y = sd.placeHolder("y", DataType.FLOAT, -1, CLASSES);
    SDVariable kernel = weights(sd, random, "kernel", 3, 3, 1, 4);
    Conv2DConfig same = Conv2DConfig.builder().kH(3).kW(3).paddingMode(PaddingMode.SAME).build();
    SDVariable seen = sd.nn.relu("seen", sd.cnn.conv2d("conv", x, kernel, same), 0);
    SDVariable pooled =
        sd.cnn.maxPooling2d(
            "pooled", seen, Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).build());
    SDVariable flat = sd.reshape(pooled, -1, 4 * 4 * 4);
    SDVariable hidden = sd.nn.relu("hidden", linear(sd, random, flat, "dense", 64, 9), 0);
    SDVariable logits = linear(sd, random, hidden, "out", 9, CLASSES);
    sd.loss.softmaxCrossEntropy("loss", y, logits, null);
    return trained(sd, "loss");
  }

  /** One pre-norm block with two heads over sequences of vectors. */
  static SameDiff transformer() {
    SameDiff sd = SameDiff.create();
    Random random = new Random(3);
    int heads = 2;
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, STEPS, WIDTH);
    SDVariable y = sd.placeHolder("y", DataType.FLOAT, -1, STEPS, CLASSES);
    SDVariable n = norm(sd, x, "ln1");
    SDVariable flat = sd.reshape(n, -1, WIDTH);
    SDVariable[] qkv = new SDVariable[3];
    for (int i = 0; i < 3; i++) {
      SDVariable w = weights(sd, random, "w" + "qkv".charAt(i), WIDTH, WIDTH);
      SDVariable split = sd.reshape(sd.mmul(flat, w), -1, STEPS, heads, WIDTH / heads);
      qkv[i] = sd.permute(split, 0, 2, 1, 3);
    }
    SDVariable scores = sd.mmul(qkv[0], qkv[1], false, true, false).mul(0.5);
    SDVariable attention = sd.nn.softmax("block/attention", scores, 3);
    SDVariable mixed = sd.permute(sd.mmul(attention, qkv[2]), 0, 2, 1, 3);
    SDVariable after = x.add("middle", sd.reshape(mixed, -1, STEPS, WIDTH));
    SDVariable flat2 = sd.reshape(norm(sd, after, "ln2"), -1, WIDTH);
    SDVariable hidden = sd.nn.gelu("block/hidden", linear(sd, random, flat2, "up", WIDTH, 16));
    SDVariable down = linear(sd, random, hidden, "down", 16, WIDTH);
    SDVariable block = after.add("block/out", sd.reshape(down, -1, STEPS, WIDTH));
    SDVariable logits = linear(sd, random, sd.reshape(block, -1, WIDTH), "head", WIDTH, CLASSES);
    sd.loss.softmaxCrossEntropy("loss", sd.reshape(y, -1, CLASSES), logits, null);
    return trained(sd, "loss");
  }

  /**
   * A side branch, long and used by no loss, that multiplies by a weight at its end only: by then
   * training has stepped that weight.
   */
  static SameDiff sideBranch() {
    SameDiff sd = SameDiff.create();
    Random random = new Random(4);
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, 4);
    SDVariable y = sd.placeHolder("y", DataType.FLOAT, -1, CLASSES);
    SDVariable w = weights(sd, random, "w", 4, CLASSES);
    SDVariable logits = sd.mmul("logits", x, w);
    SDVariable side = x;
    for (int i = 0; i < 30; i++) {
      side = sd.math.tanh("long" + i, side);
    }
    sd.mmul("late", side, w);
    x.add("random side", sd.random.normal("drawn", 0, 1, DataType.FLOAT, ROWS, 4));
    sd.loss.softmaxCrossEntropy("loss", y, logits, null);
    return trained(sd, "loss");
  }

  private static SDVariable norm(SameDiff sd, SDVariable x, String name) {
    SDVariable gain = sd.var(name + "_g", Nd4j.ones(DataType.FLOAT, WIDTH));
    SDVariable bias = sd.var(name + "_b", Nd4j.zeros(DataType.FLOAT, WIDTH));
    return sd.nn.layerNorm(name, x, gain, bias, false, 2);
  }

  private static SDVariable linear(
      SameDiff sd, Random random, SDVariable x, String name, int in, int out) {
    SDVariable bias = sd.var(name + "_b", Nd4j.zeros(DataType.FLOAT, out));
    return sd.mmul(x, weights(sd, random, name + "_w", in, out)).add(bias);
  }

  private static SDVariable weights(SameDiff sd, Random random, String name, int... shape) {
    return sd.var(name, values(random, 0.4, shape));
  }

  private static SameDiff trained(SameDiff sd, String loss) {
    sd.setLossVariables(loss);
    sd.setTrainingConfig(
        TrainingConfig.builder()
            .updater(new Adam(0.01))
            .dataSetFeatureMapping("x")
            .dataSetLabelMapping("y")
            .build());
    return sd;
  }

  /** A batch for features of a shape; labels are a class for each row, or for each step. */
  static DataSet batch(int number, boolean steps, int... shape) {
    Random random = new Random(100 + number);
    int[] whole = new int[shape.length + 1];
    whole[0] = ROWS;
    System.arraycopy(shape, 0, whole, 1, shape.length);
    int[] sides = steps ? new int[] {ROWS, STEPS, CLASSES} : new int[] {ROWS, CLASSES};
    float[] labels = new float[ROWS * CLASSES * (steps ? STEPS : 1)];
    for (int i = 0; i < labels.length; i += CLASSES) {
      labels[i + random.nextInt(CLASSES)] = 1;
    }
    return new DataSet(
        values(random, 1, whole), Nd4j.createFromArray(labels).reshape(longs(sides)));
  }

  private static INDArray values(Random random, double scale, int... shape) {
    float[] values = new float[java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return Nd4j.createFromArray(values).reshape(longs(shape));
  }

  private static long[] longs(int... sides) {
    return java.util.Arrays.stream(sides).asLongStream().toArray();
  }

  /** Parameters and everything that the updaters remember, by name. */
  @SuppressWarnings("rawtypes") // As SameDiff declares it.
  static Map<String, INDArray> state(SameDiff sd) {
    Map<String, INDArray> state = new TreeMap<>();
    sd.variables().stream()
        .filter(v -> v.getVariableType() == org.nd4j.autodiff.samediff.VariableType.VARIABLE)
        .forEach(v -> state.put(v.name(), v.getArr().dup()));
    for (Map.Entry<String, GradientUpdater> updater : sd.getUpdaterMap().entrySet()) {
      Map<?, ?> remembered = updater.getValue().getState();
      remembered.forEach(
          (key, array) -> state.put(updater.getKey() + "/" + key, ((INDArray) array).dup()));
    }
    return state;
  }
}
