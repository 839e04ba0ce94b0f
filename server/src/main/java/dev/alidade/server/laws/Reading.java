package dev.alidade.server.laws;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.server.meters.LayerLabels;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a run's numbers, with what the laws need of them and nothing else.
 *
 * @param layers by index, the first {@value #MOST_LAYERS}
 * @param labels of the layers in the metrics
 * @param points in the order of the log
 * @param position of the last frame read
 * @param more whether there may be more after it
 */
record Reading(
    List<Layer> layers, List<String> labels, List<Point> points, long position, boolean more) {
  static final int MOST_LAYERS = 64;
  private static final int FRAMES = 4000;
  private static final long BYTES = 32L << 20;

  /**
   * One layer of one sample.
   *
   * @param rows observations there were
   * @param ratio r(t) of massive activations; NaN for none
   * @param active the activation ratio; NaN for none
   */
  record Point(int layer, long iteration, long rows, float ratio, float active) {}

  /** Where quantities are among those of a layer; -1 for none. */
  private record Places(int massive, int lazy, int nearZero, int cett) {
    static Places of(Description description) {
      List<String> ids =
          description.getQuantitiesList().stream()
              .filter(quantity -> quantity.getScope() == Scope.SCOPE_LAYER)
              .map(Quantity::getId)
              .toList();
      return new Places(
          ids.indexOf("massive_ratio"),
          ids.indexOf("lazy_share"),
          ids.indexOf("near_zero_share"),
          ids.indexOf("cett_sparsity"));
    }

    /**
     * Share of non-zeros where there are exact zeros, as the law's authors count with ReLU; with
     * other activation functions what is left at CETT = 0.2, and without a probe what is not near
     * zero.
     */
    float active(LayerNumbers numbers, boolean rectified) {
      if (rectified) {
        return value(numbers, lazy);
      }
      return 1 - value(numbers, cett >= 0 ? cett : nearZero);
    }
  }

  private static float value(LayerNumbers numbers, int place) {
    return place >= 0 && place < numbers.getValuesCount() ? numbers.getValues(place) : Float.NaN;
  }

  static boolean rectified(Layer layer) {
    String activation = layer.getActivation();
    return activation.equals("relu") || activation.equals("relu6");
  }

  /** The quantity that the sparsity law is fitted to. */
  static String activityOf(Layer layer, boolean probed) {
    if (rectified(layer)) {
      return "lazy_share";
    }
    return probed ? "cett_sparsity" : "near_zero_share";
  }

  /** Reads on after a position. */
  static Reading after(RecordingReader reader, long position)
      throws RecordingException, MalformedFrameException {
    Optional<StoredFrame> described = reader.last(Kind.KIND_DESCRIPTION);
    if (described.isEmpty()) {
      return new Reading(List.of(), List.of(), List.of(), position, false);
    }
    Description description = described.get().frame().payload(Description.parser());
    Places places = Places.of(description);
    List<Layer> layers =
        description.getLayersList().subList(0, Math.min(MOST_LAYERS, description.getLayersCount()));
    List<Point> points = new ArrayList<>();
    List<StoredFrame> frames = reader.after(position, Kind.KIND_NUMBERS, FRAMES, BYTES);
    long last = position;
    for (StoredFrame each : frames) {
      last = each.position();
      long iteration = each.frame().iteration();
      for (LayerNumbers numbers : each.frame().payload(Numbers.parser()).getLayersList()) {
        int layer = numbers.getLayer();
        if (layer >= 0 && layer < layers.size()) {
          points.add(
              new Point(
                  layer,
                  iteration,
                  numbers.getRowsPresent(),
                  value(numbers, places.massive()),
                  places.active(numbers, rectified(layers.get(layer)))));
        }
      }
    }
    boolean probed = places.cett() >= 0;
    return new Reading(
        layers.stream().map(layer -> slim(layer, probed)).toList(),
        LayerLabels.of(description),
        points,
        last,
        !frames.isEmpty());
  }

  /** With the quantity of its activity in the place of what is not needed of it. */
  private static Layer slim(Layer layer, boolean probed) {
    return Layer.newBuilder().setName(layer.getName()).setType(activityOf(layer, probed)).build();
  }
}
