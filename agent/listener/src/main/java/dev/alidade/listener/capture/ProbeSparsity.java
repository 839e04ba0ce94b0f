package dev.alidade.listener.capture;

import dev.alidade.analysis.laws.Cett;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What could be cut out of a network's hidden layers, told by a probe's batch and its own copy of
 * the weights (Luo et al. 2024, Sparsing Law, §3.1). For the analysis thread.
 */
final class ProbeSparsity {
  /** Multiplications that one cut of a layer may cost, three times: rows are left out above. */
  private static final long MOST_PRODUCTS = 1 << 24;

  private static final int LEAST_ROWS = 8;
  private static final int HALVINGS = 8;
  private static final double PERPLEXITY_RISE = 0.01;

  private final ProbeNetwork network;
  private final ProbeBatch batch;

  /** A layer and what is known of the layer it feeds. */
  private static final class Cuttable {
    final int index;
    final Cett cett;
    final INDArray weightNorms;
    final float[] activations;
    final int rows;

    Cuttable(int index, INDArray activation, INDArray weights) {
      this.index = index;
      int units = (int) weights.size(0);
      int outputs = (int) weights.size(1);
      long fitting = Math.max(LEAST_ROWS, MOST_PRODUCTS / ((long) units * outputs));
      rows = (int) Math.min(activation.size(0), fitting);
      cett = new Cett(floats(weights), units, outputs);
      weightNorms = weights.norm2(1).reshape(1, units);
      float[] all = floats(activation);
      activations = new float[rows * units];
      for (int row = 0; row < rows; row++) {
        int from = (int) (row * activation.size(0) / rows) * units;
        System.arraycopy(all, from, activations, row * units, units);
      }
    }

    private static float[] floats(INDArray array) {
      return array.dup('c').data().asFloat();
    }

    Cett.Cut cut(double target) {
      return cett.cut(activations, rows, target);
    }
  }

  ProbeSparsity(ProbeNetwork network, ProbeBatch batch) {
    this.network = network;
    this.batch = batch;
  }

  /** Sparsity at a CETT of each wanted layer that feeds a dense one and nothing else. */
  Map<Integer, Double> cett(double target, IntPredicate wanted) {
    Map<Integer, Double> found = new HashMap<>();
    for (Cuttable each : cuttable(wanted)) {
      found.put(each.index, each.cut(target).sparsity());
    }
    return found;
  }

  private List<Cuttable> cuttable(IntPredicate wanted) {
    List<Cuttable> all = new ArrayList<>();
    network.forward(
        batch,
        (index, activation, plan) -> {
          INDArray weights = wanted.test(index) ? weightsFed(index) : null;
          if (weights != null && activation.rank() == 2 && activation.size(1) == weights.size(0)) {
            all.add(new Cuttable(index, activation, weights));
          }
        });
    return all;
  }

  private @Nullable INDArray weightsFed(int index) {
    Layer reader = network.onlyReader(index);
    if (reader == null
        || !(reader.conf().getLayer() instanceof DenseLayer
            || reader.conf().getLayer() instanceof BaseOutputLayer)) {
      return null;
    }
    INDArray weights = reader.getParam("W");
    return weights != null && weights.rank() == 2 ? weights : null;
  }

  /**
   * Share of hidden values cut when one CETT for all layers lets the perplexity rise by 1 %: the
   * largest such CETT by bisection, thresholds from the whole forward pass.
   *
   * @return NaN where the network is no stack of layers with a cross entropy at its end, or the
   *     batch has no labels
   */
  double atPerplexityRise() {
    if (!(network.model() instanceof MultiLayerNetwork net)
        || batch.labels == null
        || batch.masks.length > 0
        || !crossEntropy(net)) {
      return Double.NaN;
    }
    List<Cuttable> layers = cuttable(index -> true);
    double dense = loss(net, Map.of(), new long[2]);
    if (layers.isEmpty() || !Double.isFinite(dense)) {
      return Double.NaN;
    }
    double low = 0;
    double high = 1;
    double sparsity = sparsity(net, layers, 0, dense);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double found = sparsity(net, layers, middle, dense);
      if (Double.isNaN(found)) {
        high = middle;
      } else {
        low = middle;
        sparsity = found;
      }
    }
    return sparsity;
  }

  private static boolean crossEntropy(MultiLayerNetwork net) {
    if (!(net.getOutputLayer().conf().getLayer() instanceof BaseOutputLayer output)) {
      return false;
    }
    ILossFunction loss = output.getLossFn();
    return loss instanceof LossMCXENT
        || loss instanceof LossSparseMCXENT
        || loss instanceof LossBinaryXENT;
  }

  /** Share cut at this CETT; NaN when the perplexity rises by more than is allowed. */
  private double sparsity(MultiLayerNetwork net, List<Cuttable> layers, double cett, double dense) {
    Map<Integer, INDArray> thresholds = new HashMap<>();
    for (Cuttable each : layers) {
      double threshold = each.cut(cett).threshold();
      thresholds.put(each.index, each.weightNorms.rdiv(threshold));
    }
    long[] cut = new long[2];
    double loss = loss(net, thresholds, cut);
    boolean allowed = Math.exp(loss - dense) <= 1 + PERPLEXITY_RISE;
    return allowed ? (double) cut[0] / Math.max(1, cut[1]) : Double.NaN;
  }

  /**
   * The loss of the batch, with what is at or below a threshold cut.
   *
   * @param thresholds of |a|, one for each unit, by layer
   * @param counted gets how many values were cut, and of how many
   */
  private double loss(MultiLayerNetwork net, Map<Integer, INDArray> thresholds, long[] counted) {
    LayerWorkspaceMgr outside = LayerWorkspaceMgr.noWorkspaces();
    Layer[] layers = net.getLayers();
    INDArray flowing = batch.features[0];
    for (int i = 0; i < layers.length; i++) {
      var before = net.getLayerWiseConfigurations().getInputPreProcess(i);
      if (before != null) {
        flowing = before.preProcess(flowing, (int) batch.features[0].size(0), outside);
      }
      if (i == layers.length - 1 && layers[i] instanceof IOutputLayer out) {
        out.setInput(flowing, outside);
        out.setLabels(batch.labels);
        return out.computeScore(0, false, outside);
      }
      flowing = layers[i].activate(flowing, false, outside);
      INDArray threshold = thresholds.get(i);
      if (threshold != null) {
        INDArray kept = Transforms.abs(flowing, true).subRowVector(threshold).gt(0);
        INDArray mask = kept.castTo(flowing.dataType());
        counted[0] += mask.length() - Math.round(mask.sumNumber().doubleValue());
        counted[1] += mask.length();
        flowing = flowing.mul(mask);
      }
    }
    return Double.NaN;
  }
}
