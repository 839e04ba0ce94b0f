package dev.alidade.examples;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Prints, for each block of a transformer and one batch: the largest activation of the hidden state
 * against the median and whether it is massive, and the mean share of MLP neurons that a token uses
 * (Sun et al. 2024; Li et al. 2022, "The lazy neuron phenomenon").
 */
final class BlockReport {
  private static final double MASSIVE = 100;
  private static final double MASSIVE_RATIO = 1000;

  private BlockReport() {}

  static void print(SameDiff graph, MultiDataSet batch, int blocks, PrintWriter out) {
    Map<String, INDArray> inputs = CharTransformer.placeholders(batch);
    for (int block = 0; block < blocks; block++) {
      float[] state = magnitudes(graph.outputSingle(inputs, "block" + block + "/out"));
      float[] hidden = magnitudes(graph.outputSingle(inputs, "block" + block + "/mlp_hidden"));
      double largest = state[state.length - 1];
      double median = state[(state.length - 1) / 2];
      int used = 0;
      for (float value : hidden) {
        used += value > 0 ? 1 : 0;
      }
      out.printf(
          Locale.ROOT,
          "block %d  largest |h| %.2f, median %.3f, ratio %.0f: %s; a token uses %.1f %% of the MLP%n",
          block,
          largest,
          median,
          largest / median,
          largest > MASSIVE && largest >= MASSIVE_RATIO * median ? "massive" : "not massive",
          100.0 * used / hidden.length);
    }
  }

  /** Sorted. */
  private static float[] magnitudes(INDArray values) {
    float[] all = values.dup('c').data().asFloat();
    for (int i = 0; i < all.length; i++) {
      all[i] = Math.abs(all[i]);
    }
    Arrays.sort(all);
    return all;
  }
}
