package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.ParameterNumbers;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The values of a run by their names, sample by sample, in the order of the log. */
final class Quantities {
  private static final int PAGE_FRAMES = 500;
  private static final long PAGE_BYTES = 16 << 20;

  private final RecordingReader reader;
  private final Description description;
  private final List<String> ofLayers = new ArrayList<>();
  private final List<String> ofRun = new ArrayList<>();
  private final List<String> ofParameters = new ArrayList<>();

  /** Takes the values of a sample as they come. */
  interface Sink {
    void value(String name, double value) throws IOException;
  }

  /** Takes samples. */
  interface Samples {
    void sample(StoredFrame stored, Numbers numbers) throws IOException;
  }

  Quantities(RecordingReader reader) throws IOException {
    this.reader = reader;
    StoredFrame described =
        reader
            .last(Kind.KIND_DESCRIPTION)
            .orElseThrow(() -> new Failure("the run has no description of its quantities"));
    description = described.frame().payload(Description.parser());
    for (Quantity each : description.getQuantitiesList()) {
      (each.getScope() == Scope.SCOPE_RUN
              ? ofRun
              : each.getScope() == Scope.SCOPE_PARAMETER ? ofParameters : ofLayers)
          .add(each.getId());
    }
  }

  Description description() {
    return description;
  }

  /** The name of a layer, also of one that is not described. */
  String layer(int index) {
    return index >= 0 && index < description.getLayersCount()
        ? description.getLayers(index).getName()
        : "layer " + Integer.toUnsignedString(index);
  }

  /** Every name that {@link #values} may give, in order. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of("score", "epoch"));
    names.addAll(ofRun);
    for (int layer = 0; layer < description.getLayersCount(); layer++) {
      for (String id : ofLayers) {
        names.add(layer(layer) + "/" + id);
      }
    }
    description
        .getParametersList()
        .forEach(each -> ofParameters.forEach(id -> names.add(each.getName() + "/" + id)));
    return names;
  }

  void samples(Samples samples) throws IOException {
    List<StoredFrame> page = List.of();
    do {
      long after = page.isEmpty() ? 0 : page.get(page.size() - 1).position();
      page = reader.after(after, Kind.KIND_NUMBERS, PAGE_FRAMES, PAGE_BYTES);
      for (StoredFrame each : page) {
        samples.sample(each, each.frame().payload(Numbers.parser()));
      }
    } while (!page.isEmpty());
  }

  /** Those of one sample that are numbers and have a name. */
  void values(Numbers numbers, Sink sink) throws IOException {
    finite(sink, "score", numbers.getScore());
    sink.value("epoch", numbers.getEpoch());
    values(numbers.getRunValuesList(), ofRun, "", sink);
    for (LayerNumbers layer : numbers.getLayersList()) {
      values(layer.getValuesList(), ofLayers, layer(layer.getLayer()) + "/", sink);
    }
    for (ParameterNumbers each : numbers.getParametersList()) {
      if (each.getParameter() >= 0 && each.getParameter() < description.getParametersCount()) {
        String name = description.getParameters(each.getParameter()).getName();
        values(each.getValuesList(), ofParameters, name + "/", sink);
      }
    }
  }

  private static void values(List<Float> values, List<String> ids, String prefix, Sink sink)
      throws IOException {
    for (int i = 0; i < Math.min(values.size(), ids.size()); i++) {
      finite(sink, prefix + ids.get(i), values.get(i));
    }
  }

  private static void finite(Sink sink, String name, double value) throws IOException {
    if (!Double.isNaN(value)) {
      sink.value(name, value);
    }
  }
}
