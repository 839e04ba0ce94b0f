package dev.alidade.examples.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A causal transformer that predicts the next character: learned positions, blocks with the norm
 * before attention and before the MLP, one more norm before the output (Radford et al., "Language
 * models are unsupervised multitask learners", 2019).
 *
 * <p>Placeholders "x" and "y" are classes, [batch, length]. Of block i, "block<i>/attention" is
 * [batch, heads, queries, keys], "block<i>/mlp_hidden" [batch·length, 4·width] and "block<i>/out"
 * [batch, length, width]. The embedding is a product with one-hot rows: SameDiff's gather has a
 * wrong gradient.
 */
public final class Transformer {
  private static final double MASKED = -1e9;

  /**
   * The sizes of a transformer.
   *
   * @param width of the residual stream; a multiple of {@code heads}
   * @param gelu whether the MLP's activation function is GELU rather than ReLU
   */
  public record Shape(int characters, int length, int layers, int width, int heads, boolean gelu) {
    public Shape {
      if (width % heads != 0) {
        throw new IllegalArgumentException(
            "width must be a multiple of heads (" + heads + "): " + width);
      }
      if (layers < 1) {
        throw new IllegalArgumentException("layers must be at least 1: " + layers);
      }
    }
  }

  private final Shape shape;
  private final SameDiff graph = SameDiff.create();
  private final DataType type;
  private final Parameters parameters;

  private Transformer(Shape shape, DataType type, long seed) {
    this.shape = shape;
    this.type = type;
    this.parameters = new Parameters(graph, type, seed);
  }

  /** The graph with "logits" and "loss", not yet configured for training. */
  public static SameDiff graph(Shape shape, DataType type, long seed) {
    return new Transformer(shape, type, seed).built();
  }

  private SameDiff built() {
    int characters = shape.characters();
    int width = shape.width();
    SDVariable x = graph.placeHolder("x", DataType.INT32, -1, shape.length());
    SDVariable y = graph.placeHolder("y", DataType.INT32, -1, shape.length());
    SDVariable token =
        graph.mmul(oneHot("x_one_hot", x), parameters.normal("token", .3, characters, width));
    SDVariable position = parameters.normal("position", .1, shape.length(), width);
    SDVariable stream = graph.reshape(token, -1, shape.length(), width).add("embedding", position);
    SDVariable mask = graph.constant("mask", mask());
    for (int block = 0; block < shape.layers(); block++) {
      String name = "block" + block + "/";
      stream = stream.add(name + "middle", attention(name, stream, mask));
      stream = stream.add(name + "out", mlp(name, stream));
    }
    SDVariable logits =
        graph.mmul(
            "logits", flat(norm("norm", stream)), parameters.weights("head", width, characters));
    graph.loss.softmaxCrossEntropy("loss", oneHot("y_one_hot", y), logits, null);
    graph.setLossVariables("loss");
    return graph;
  }

  private SDVariable oneHot(String name, SDVariable classes) {
    return graph.oneHot(name, graph.reshape(classes, -1), shape.characters(), 1, 1, 0, type);
  }

  /** 0 where a query may look, very low at the keys after it. */
  private INDArray mask() {
    INDArray mask = Nd4j.zeros(type, 1, 1, shape.length(), shape.length());
    for (int query = 0; query < shape.length(); query++) {
      for (int key = query + 1; key < shape.length(); key++) {
        mask.putScalar(new int[] {0, 0, query, key}, MASKED);
      }
    }
    return mask;
  }

  private SDVariable attention(String block, SDVariable stream, SDVariable mask) {
    SDVariable from = flat(norm(block + "norm1", stream));
    SDVariable queries = heads(block + "queries", from);
    SDVariable keys = heads(block + "keys", from);
    SDVariable values = heads(block + "values", from);
    double scale = 1 / Math.sqrt((double) shape.width() / shape.heads());
    SDVariable scores = graph.mmul(queries, keys, false, true, false).mul(scale).add(mask);
    SDVariable weights = graph.nn.softmax(block + "attention", scores, 3);
    SDVariable mixed = graph.permute(graph.mmul(weights, values), 0, 2, 1, 3);
    SDVariable joined = graph.reshape(mixed, -1, shape.width());
    return unflat(graph.mmul(joined, projection(block + "attention_out", shape.width())));
  }

  /** [batch, heads, length, width / heads]. */
  private SDVariable heads(String name, SDVariable from) {
    int width = shape.width();
    SDVariable product = graph.mmul(from, parameters.weights(name, width, width));
    SDVariable split =
        graph.reshape(product, -1, shape.length(), shape.heads(), width / shape.heads());
    return graph.permute(split, 0, 2, 1, 3);
  }

  private SDVariable mlp(String block, SDVariable stream) {
    int hidden = 4 * shape.width();
    SDVariable from = flat(norm(block + "norm2", stream));
    SDVariable before =
        graph
            .mmul(from, parameters.weights(block + "up", shape.width(), hidden))
            .add(parameters.zeros(block + "up_bias", hidden));
    SDVariable after =
        shape.gelu()
            ? graph.nn.gelu(block + "mlp_hidden", before)
            : graph.nn.relu(block + "mlp_hidden", before, 0);
    return unflat(
        graph
            .mmul(after, projection(block + "down", hidden))
            .add(parameters.zeros(block + "down_bias", shape.width())));
  }

  /** Back into the stream; smaller, so that many blocks do not make it grow. */
  private SDVariable projection(String name, int from) {
    double deviation = 1 / Math.sqrt(2.0 * shape.layers() * from);
    return parameters.normal(name, deviation, from, shape.width());
  }

  private SDVariable norm(String name, SDVariable stream) {
    SDVariable gain = parameters.ones(name + "_gain", shape.width());
    SDVariable bias = parameters.zeros(name + "_bias", shape.width());
    return graph.nn.layerNorm(name, stream, gain, bias, false, 2);
  }

  private SDVariable flat(SDVariable stream) {
    return graph.reshape(stream, -1, shape.width());
  }

  private SDVariable unflat(SDVariable rows) {
    return graph.reshape(rows, -1, shape.length(), shape.width());
  }
}
