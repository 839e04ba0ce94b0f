package dev.alidade.listener.capture;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One reading of all layers at one iteration. Pooled: filled by the training thread, then read by
 * the analysis thread until it is released.
 */
public final class Sample {
  private static final Rows[] NONE = {};

  private Rows[] layers = NONE;
  private final Rows labels = new Rows();
  private final ParameterValues parameters = new ParameterValues();
  @Nullable Network network;
  long seq;
  long iteration;
  int epoch;
  double score;
  double learningRate;
  long timeMillis;
  long chargedBytes;

  /** The number of the copy of parameters that came with it; 0 for none. */
  long probeTicket;

  /** Empties it for a network of so many layers. */
  void begin(int layerCount, long atIteration) {
    if (layers.length != layerCount) {
      layers = new Rows[layerCount];
      for (int i = 0; i < layerCount; i++) {
        layers[i] = new Rows();
      }
    }
    for (Rows rows : layers) {
      rows.clear();
    }
    labels.clear();
    parameters.clear();
    network = null;
    probeTicket = 0;
    iteration = atIteration;
  }

  public Network network() {
    return Objects.requireNonNull(network, "network");
  }

  public Rows layer(int index) {
    return layers[index];
  }

  /** One row per example: one-hot groups, or whatever the training is after. */
  public Rows labels() {
    return labels;
  }

  /** Parameters, gradients and updates, where they are asked for. */
  public ParameterValues parameters() {
    return parameters;
  }

  /** From 1, in the order in which samples were handed over. */
  public long seq() {
    return seq;
  }

  /** The iteration as the framework counts it: its first is 0. */
  public long iteration() {
    return iteration;
  }

  public int epoch() {
    return epoch;
  }

  public double score() {
    return score;
  }

  /** NaN when no layer has one. */
  public double learningRate() {
    return learningRate;
  }

  public long timeMillis() {
    return timeMillis;
  }

  /** Bytes of all buffers, used or not. */
  long capacity() {
    long bytes = labels.capacity() + parameters.capacity();
    for (Rows rows : layers) {
      bytes += rows.capacity();
    }
    return bytes;
  }
}
