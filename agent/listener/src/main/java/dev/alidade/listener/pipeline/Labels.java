package dev.alidade.listener.pipeline;

import dev.alidade.listener.capture.LayerInfo;
import dev.alidade.listener.capture.Meaning;
import dev.alidade.listener.capture.Rows;

/**
 * The groups of one sample's observations, from its labels: the class of each example or of each
 * time step where rows are one-hot or probabilities; none for anything else.
 */
final class Labels {
  static final int MOST_GROUPS = 100;
  private static final int[] NONE = {};
  private static final float TOLERANCE = 1e-3f;

  private float[] values = {};
  private int[] classes = {};
  private int count;
  private int rows;
  private int steps;
  private boolean positionsInnermost;

  /** Reads a sample's labels. */
  void read(Rows labels) {
    count = 0;
    int wanted = labels.classes() > 0 ? labels.classes() : labels.units() == 1 ? 2 : labels.units();
    if (!labels.present() || wanted > MOST_GROUPS || labels.rows() != labels.rowsPresent()) {
      return;
    }
    if (values.length < labels.elements()) {
      values = new float[labels.elements()];
    }
    labels.decode(values);
    positionsInnermost = labels.positionsInnermost();
    rows = labels.rows();
    steps = labels.positions();
    if (classes.length < rows * steps) {
      classes = new int[rows * steps];
    }
    for (int row = 0; row < rows; row++) {
      for (int step = 0; step < steps; step++) {
        int group =
            group(labels, row * labels.rowStride() + step * labels.positionStride(), wanted);
        if (group < -1) {
          return;
        }
        classes[row * steps + step] = group;
      }
    }
    count = wanted;
  }

  /** The class at one place, -1 for none (a masked step), below that when it is no class. */
  private int group(Rows labels, int at, int wanted) {
    if (labels.classes() > 0) {
      int value = (int) values[at];
      return value < -1 || value >= wanted ? -2 : value;
    }
    if (labels.units() == 1) {
      float value = values[at];
      return value == 0 ? 0 : value == 1 ? 1 : -2;
    }
    int best = 0;
    float sum = 0;
    for (int unit = 0; unit < wanted; unit++) {
      float value = values[at + unit * labels.unitStride()];
      if (!(value >= 0 && value <= 1 + TOLERANCE)) {
        return -2;
      }
      sum += value;
      if (value > values[at + best * labels.unitStride()]) {
        best = unit;
      }
    }
    return sum == 0 ? -1 : Math.abs(sum - 1) <= TOLERANCE ? best : -2;
  }

  /** How many groups there are; 0 when the labels are not classes. */
  int count() {
    return count;
  }

  /**
   * The groups of a layer's observations, one per row or one per (row, step); empty where labels
   * and rows do not match.
   */
  int[] groups(LayerInfo layer, Rows activations, int known) {
    return count == 0 || count > known ? NONE : spread(classes, layer, activations);
  }

  /** What is told of one example, or of one time step of it. */
  interface Telling {
    int of(int row, int step, int label);
  }

  /** One number per example and time step, in the order that {@link #spread} takes. */
  int[] map(Telling telling) {
    int[] cells = new int[rows * steps];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = telling.of(i / steps, i % steps, classes[i]);
    }
    return cells;
  }

  /** Whether an output layer's rows are predictions of these labels. */
  boolean fits(Rows outputs) {
    return count > 0
        && outputs.rows() == rows
        && outputs.rowsPresent() == rows
        && outputs.positions() == steps
        && (outputs.units() == count || (outputs.units() == 1 && count == 2));
  }

  /** Numbers of examples or time steps as those of a layer's observations, as {@link #groups}. */
  int[] spread(int[] cells, LayerInfo layer, Rows activations) {
    boolean sameRows = activations.rowsPresent() == rows;
    boolean observed = layer.meaning() == Meaning.OBSERVED && activations.positions() > 1;
    if (sameRows && steps == 1) {
      int[] groups = new int[activations.rows()];
      for (int row = 0; row < groups.length; row++) {
        groups[row] = cells[activations.source(row)];
      }
      return groups;
    }
    if (sameRows && observed && activations.positions() == steps) {
      int[] groups = new int[activations.rows() * steps];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = cells[activations.source(i / steps) * steps + i % steps];
      }
      return groups;
    }
    if (activations.positions() == 1 && activations.rowsPresent() == rows * steps) {
      // Deeplearning4j unrolls steps outermost for a dense layer between recurrent ones.
      int[] groups = new int[activations.rows()];
      for (int row = 0; row < groups.length; row++) {
        int source = activations.source(row);
        groups[row] = cells[positionsInnermost ? source : source % rows * steps + source / rows];
      }
      return groups;
    }
    return NONE;
  }
}
