package dev.alidade.server.cli;

import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.LayerPicture;
import java.util.List;

/** One layer at one sample: its observations and where its units were on the map. */
final class LayerMoment {
  private final float[] activations;
  private final int[] labels;
  private final float[] positions;
  private final int units;
  private final long tick;
  private final double seconds;

  private LayerMoment(
      float[] activations, int[] labels, float[] positions, int units, long tick, double seconds) {
    this.activations = activations;
    this.labels = labels;
    this.positions = positions;
    this.units = units;
    this.tick = tick;
    this.seconds = seconds;
  }

  static LayerMoment of(LayerObservations observations, LayerPicture picture)
      throws MalformedFrameException {
    List<Integer> shape = observations.getActivations().getShapeList();
    float[] activations = Tensors.floats(observations.getActivations());
    float[] labels = Tensors.floats(observations.getLabels());
    float[] positions = Tensors.floats(picture.getPositions());
    if (shape.size() != 2
        || shape.get(0) != labels.length
        || shape.get(1) * 2 != positions.length) {
      throw new MalformedFrameException(
          "shapes must be [observations, units], [observations] and [units, 2]: %s, %s, %s"
              .formatted(
                  shape,
                  observations.getLabels().getShapeList(),
                  picture.getPositions().getShapeList()));
    }
    int[] groups = new int[labels.length];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = Math.round(labels[i]);
    }
    double seconds = picture.getQuality().getTickMillis() / 1000.0;
    return new LayerMoment(
        activations, groups, positions, shape.get(1), picture.getTick(), seconds);
  }

  /** [observations, units]. */
  float[] activations() {
    return activations;
  }

  /** Group of each observation; -1 for none. */
  int[] labels() {
    return labels;
  }

  /** [units, 2]. */
  float[] positions() {
    return positions;
  }

  int observations() {
    return labels.length;
  }

  int units() {
    return units;
  }

  /** Of the layout; the same as before when the map did not move. */
  long tick() {
    return tick;
  }

  /** That the last tick of the layout took. */
  double seconds() {
    return seconds;
  }
}
