package dev.alidade.server.layout;

import dev.alidade.analysis.layout.family.Activity;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.server.store.RunConflictException;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a recording knows of one layer at one moment: what its units did, and the live map. */
final class Stored {
  /** How many frames back a layer is looked for that is not in every one. */
  private static final int MOST_FRAMES_BACK = 16;

  final Activity activity;
  final int layer;
  final String name;
  final long iteration;

  /** Positions of the live map; null when there was none of this many units. */
  final float @Nullable [] live;

  private Stored(
      Activity activity, int layer, String name, long iteration, float @Nullable [] live) {
    this.activity = activity;
    this.layer = layer;
    this.name = name;
    this.iteration = iteration;
    this.live = live;
  }

  private interface Found<T> {
    @Nullable T in(StoredFrame frame) throws IOException;
  }

  private record At<T>(T part, long iteration) {}

  static Stored read(RecordingReader reader, Asked asked) throws IOException {
    List<String> names = names(reader);
    int layer = index(asked.layer(), names);
    Optional<At<LayerObservations>> rows =
        newest(reader, Kind.KIND_OBSERVATIONS, asked.iteration(), f -> observations(f, layer));
    long at = rows.map(At::iteration).orElse(asked.iteration());
    Optional<At<LayerPicture>> picture =
        newest(reader, Kind.KIND_PICTURE, at, f -> picture(f, layer));
    if (rows.isPresent()) {
      Activity activity = activity(rows.get().part(), asked.basis());
      return new Stored(activity, layer, names.get(layer), at, live(picture, activity.units()));
    }
    if (asked.basis() == Asked.Basis.PROFILES
        && picture.isPresent()
        && picture.get().part().hasProfiles()) {
      Activity activity = matrix(picture.get().part().getProfiles());
      float[] live = live(picture, activity.units());
      return new Stored(activity, layer, names.get(layer), picture.get().iteration(), live);
    }
    throw nothing(reader, asked, names.get(layer));
  }

  private static List<String> names(RecordingReader reader) throws IOException {
    Optional<StoredFrame> described = reader.last(Kind.KIND_DESCRIPTION);
    return described.isEmpty()
        ? List.of()
        : described.get().frame().payload(Description.parser()).getLayersList().stream()
            .map(Layer::getName)
            .toList();
  }

  private static int index(String asked, List<String> names) throws NoSuchLayerException {
    int index = names.indexOf(asked);
    if (index < 0 && asked.matches("[0-9]{1,6}")) {
      index = Integer.parseInt(asked);
    }
    if (index < 0 || index >= names.size()) {
      throw new NoSuchLayerException(asked, names);
    }
    return index;
  }

  private static <T> Optional<At<T>> newest(
      RecordingReader reader, Kind kind, long atOrBefore, Found<T> found) throws IOException {
    long before = atOrBefore;
    for (int back = 0; back < MOST_FRAMES_BACK && before >= 0; back++) {
      Optional<StoredFrame> frame = reader.latest(kind, before);
      if (frame.isEmpty()) {
        break;
      }
      T part = found.in(frame.get());
      long iteration = frame.get().frame().iteration();
      if (part != null) {
        return Optional.of(new At<>(part, iteration));
      }
      before = iteration - 1;
    }
    return Optional.empty();
  }

  private static @Nullable LayerObservations observations(StoredFrame stored, int layer)
      throws IOException {
    for (LayerObservations each : stored.frame().payload(Observations.parser()).getLayersList()) {
      if (each.getLayer() == layer) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable LayerPicture picture(StoredFrame stored, int layer) throws IOException {
    for (LayerPicture each : stored.frame().payload(Picture.parser()).getLayersList()) {
      if (each.getLayer() == layer) {
        return each;
      }
    }
    return null;
  }

  private static Activity activity(LayerObservations rows, Asked.Basis basis)
      throws MalformedFrameException {
    if (basis == Asked.Basis.OBSERVATIONS) {
      return matrix(rows.getActivations());
    }
    Tensor matrix = rows.getActivations();
    float[] labels = Tensors.floats(rows.getLabels());
    int[] groups = new int[labels.length];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = Math.round(labels[i]);
    }
    check(matrix);
    return Activity.profiles(
        Tensors.floats(matrix), groups, matrix.getShape(0), matrix.getShape(1));
  }

  private static Activity matrix(Tensor tensor) throws MalformedFrameException {
    check(tensor);
    return Activity.observations(Tensors.floats(tensor), tensor.getShape(0), tensor.getShape(1));
  }

  private static void check(Tensor tensor) throws MalformedFrameException {
    if (tensor.getShapeCount() != 2 || tensor.getShape(0) < 1 || tensor.getShape(1) < 1) {
      throw new MalformedFrameException("activity must be [rows, units]: " + tensor.getShapeList());
    }
  }

  private static float @Nullable [] live(Optional<At<LayerPicture>> picture, int units)
      throws MalformedFrameException {
    if (picture.isEmpty()) {
      return null;
    }
    float[] positions = Tensors.floats(picture.get().part().getPositions());
    return positions.length == 2 * units ? positions : null;
  }

  private static RunConflictException nothing(RecordingReader reader, Asked asked, String layer)
      throws IOException {
    String what =
        asked.basis() == Asked.Basis.PROFILES ? "observations or profiles" : "observations";
    String when =
        asked.iteration() == Long.MAX_VALUE ? "" : " at or before iteration " + asked.iteration();
    boolean none = reader.count(Kind.KIND_OBSERVATIONS) == 0;
    return new RunConflictException(
        "no %s of layer '%s' are stored%s%s"
            .formatted(
                what,
                layer,
                when,
                none ? "; record them with observations = rare (the default) or all" : ""));
  }
}
