package dev.alidade.listener.capture;

/**
 * Values of every array of parameters, of its gradient and of its update, at the same places. Part
 * of a sample, and pooled with it.
 */
public final class ParameterValues {
  /** What is read of an array. */
  public enum Part {
    /** As the forward pass used them: before the step. */
    WEIGHTS,
    /** As backpropagation gave them, before the updater and any clipping. */
    GRADIENTS,
    /** What the step subtracted. */
    UPDATES
  }

  private static final int[] NONE = {};

  private final Rows weights = new Rows();
  private final Rows gradients = new Rows();
  private final Rows updates = new Rows();

  /** Where each array ends among the values; owned by the copier of the network. */
  int[] ends = NONE;

  void clear() {
    weights.clear();
    gradients.clear();
    updates.clear();
    ends = NONE;
  }

  Rows part(Part part) {
    return switch (part) {
      case WEIGHTS -> weights;
      case GRADIENTS -> gradients;
      case UPDATES -> updates;
    };
  }

  /** Whether all three parts were read. */
  public boolean present() {
    return weights.present() && gradients.present() && updates.present();
  }

  /** How many arrays there are. */
  public int arrays() {
    return ends.length;
  }

  /** Where the values of an array begin. */
  public int start(int array) {
    return array == 0 ? 0 : ends[array - 1];
  }

  /** How many values of an array were read. */
  public int count(int array) {
    return ends[array] - start(array);
  }

  /** How many values {@link #decode} writes. */
  public int elements() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /** Widens or narrows the values of all arrays to float. */
  public void decode(Part part, float[] into) {
    part(part).decode(into);
  }

  long capacity() {
    return weights.capacity() + gradients.capacity() + updates.capacity();
  }
}
