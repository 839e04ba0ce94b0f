package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Frame;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Picture;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The observations and pictures of one layer of a recording. */
final class LayerSource {
  private final RecordingReader reader;
  private final int layer;

  private LayerSource(RecordingReader reader, int layer) {
    this.reader = reader;
    this.layer = layer;
  }

  /** Says what is missing, if anything is: the layer, the observations or the pictures. */
  static LayerSource of(RecordingReader reader, String name) throws IOException {
    StoredFrame described =
        reader
            .last(Kind.KIND_DESCRIPTION)
            .orElseThrow(
                () -> new Failure("the run has no description, so its layers are unknown"));
    List<String> names =
        described.frame().payload(Description.parser()).getLayersList().stream()
            .map(Layer::getName)
            .toList();
    int layer = names.indexOf(name);
    if (layer < 0) {
      throw new Failure(
          "layer '%s' is not in the run; it has: %s"
              .formatted(Plain.text(name), Plain.text(String.join(", ", names))));
    }
    if (reader.count(Kind.KIND_OBSERVATIONS) == 0) {
      throw new Failure(
          "the run has no observations; record them with observations(true) or"
              + " -Dalidade.observations=all");
    }
    if (reader.count(Kind.KIND_PICTURE) == 0) {
      throw new Failure("the run has no pictures");
    }
    return new LayerSource(reader, layer);
  }

  /** The layer as it was at this sample; empty when either half is missing. */
  Optional<LayerMoment> moment(Frame sample) throws IOException {
    return moment(sample, reader.find(sample.origin(), Kind.KIND_PICTURE, sample.seq()));
  }

  /** As above, with the map of the sample or, where it has none, of the last one before it. */
  Optional<LayerMoment> nearly(Frame sample) throws IOException {
    Optional<LayerMoment> exact = moment(sample);
    return exact.isPresent()
        ? exact
        : moment(sample, reader.latest(Kind.KIND_PICTURE, sample.iteration()));
  }

  private Optional<LayerMoment> moment(Frame sample, Optional<StoredFrame> picture)
      throws IOException {
    Optional<LayerObservations> rows =
        sample.payload(Observations.parser()).getLayersList().stream()
            .filter(each -> each.getLayer() == layer)
            .findFirst();
    if (rows.isEmpty() || picture.isEmpty()) {
      return Optional.empty();
    }
    Optional<LayerPicture> map =
        picture.get().frame().payload(Picture.parser()).getLayersList().stream()
            .filter(each -> each.getLayer() == layer)
            .findFirst();
    return map.isEmpty() ? Optional.empty() : Optional.of(LayerMoment.of(rows.get(), map.get()));
  }
}
