package dev.alidade.listener.capture;

import java.util.Arrays;
import java.util.List;

/**
 * One watched layer or vertex, as the training showed it: what the description of the run says of
 * it. Immutable; the array of {@link #shape()} belongs to it.
 */
public final class LayerInfo {
  private final String name;
  private final String type;
  private final String activation;
  private final List<String> inputs;
  private final boolean output;
  private final Meaning meaning;
  private final boolean postDropout;
  private final int units;
  private final int[] shape;
  private final boolean unitsLast;

  LayerInfo(
      LayerPlan plan, List<String> inputs, boolean postDropout, int units, long[] activationShape) {
    this.name = plan.name();
    this.type = plan.type();
    this.activation = plan.activation();
    this.output = plan.output();
    this.meaning = plan.meaning();
    this.inputs = List.copyOf(inputs);
    this.postDropout = postDropout;
    this.units = units;
    this.unitsLast = plan.unitAxis(activationShape.length) > 1;
    this.shape = new int[activationShape.length - 1];
    for (int axis = 1; axis < activationShape.length; axis++) {
      shape[axis - 1] = (int) activationShape[axis];
    }
  }

  public String name() {
    return name;
  }

  /** The framework's class, "ConvolutionLayer". */
  public String type() {
    return type;
  }

  /** "relu"; empty when the layer has none. */
  public String activation() {
    return activation;
  }

  /** Names of layers, or "input". */
  public List<String> inputs() {
    return inputs;
  }

  public boolean output() {
    return output;
  }

  public Meaning meaning() {
    return meaning;
  }

  /** Whether a later layer's dropout had changed the array in place before it was read. */
  public boolean postDropout() {
    return postDropout;
  }

  public int units() {
    return units;
  }

  /** Of one example's activations, without the batch. */
  public int[] shape() {
    return shape;
  }

  /** Whether the units are the last axis of {@link #shape()} rather than the first. */
  public boolean unitsLast() {
    return unitsLast;
  }

  /** What makes two replicas of one network the same: everything but the lengths of sequences. */
  String signature() {
    return name + '|' + type + '|' + activation + '|' + inputs + '|' + units + '|' + output;
  }

  @Override
  public String toString() {
    return name + " (" + type + ", " + Arrays.toString(shape) + ")";
  }
}
