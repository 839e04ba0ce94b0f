package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Picture;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for {@code tensorboard --logdir}: every quantity as scalars, the values of each layer as
 * histograms, the maps as images, and the units of the last picture with their classes for the
 * projector. Steps are iterations. The folder has its name when it is whole.
 */
final class TensorBoardExport {
  private static final int MOST_HISTOGRAMS = 500;
  private static final int MOST_PICTURES = 50;

  private final RecordingReader reader;
  private final Quantities quantities;
  private long scalars;
  private long histograms;
  private long images;
  private int embeddings;

  TensorBoardExport(RecordingReader reader) throws IOException {
    this.reader = reader;
    quantities = new Quantities(reader);
  }

  /** Says what was written. */
  String write(Path folder) throws IOException {
    if (Files.exists(folder)) {
      throw new Failure("output must not exist yet: " + folder);
    }
    Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
    delete(partial);
    Files.createDirectories(partial);
    try {
      String name = "events.out.tfevents.%d.alidade".formatted(firstMillis() / 1000);
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(partial.resolve(name)), 1 << 16)) {
        EventFile events = new EventFile(out, firstMillis() / 1000.0);
        scalars(events);
        histograms(events);
        images(events);
      }
      embeddings(partial);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(partial);
    }
    return "%s: %d scalars, %d histograms, %d images, %d embeddings"
        .formatted(folder, scalars, histograms, images, embeddings);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      List<Path> all;
      try (Stream<Path> files = Files.walk(folder)) {
        all = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : all) {
        Files.delete(each);
      }
    }
  }

  private long firstMillis() {
    return InspectCommand.created(reader);
  }

  private static double seconds(StoredFrame stored) {
    return stored.frame().timeMillis() / 1000.0;
  }

  private void scalars(EventFile events) throws IOException {
    quantities.samples(
        (stored, numbers) ->
            quantities.values(
                numbers,
                (name, value) -> {
                  events.scalar(seconds(stored), stored.frame().iteration(), name, value);
                  scalars++;
                }));
  }

  private void histograms(EventFile events) throws IOException {
    for (StoredFrame stored : reader.range(Kind.KIND_NUMBERS, 0, Long.MAX_VALUE, MOST_HISTOGRAMS)) {
      for (LayerNumbers layer : stored.frame().payload(Numbers.parser()).getLayersList()) {
        Buckets buckets = Buckets.of(layer.getHistogram());
        if (buckets != null) {
          events.histogram(
              seconds(stored),
              stored.frame().iteration(),
              quantities.layer(layer.getLayer()) + "/activations",
              buckets.limitArray(),
              buckets.countArray());
          histograms++;
        }
      }
    }
  }

  private void images(EventFile events) throws IOException {
    for (StoredFrame stored : reader.range(Kind.KIND_PICTURE, 0, Long.MAX_VALUE, MOST_PICTURES)) {
      for (LayerPicture layer : stored.frame().payload(Picture.parser()).getLayersList()) {
        events.image(
            seconds(stored),
            stored.frame().iteration(),
            quantities.layer(layer.getLayer()) + "/map",
            MapImage.SIDE,
            MapImage.SIDE,
            MapImage.png(layer));
        images++;
      }
    }
  }

  private void embeddings(Path folder) throws IOException {
    List<StoredFrame> last = new ArrayList<>();
    reader.latest(Kind.KIND_PICTURE, Long.MAX_VALUE).ifPresent(last::add);
    StringBuilder config = new StringBuilder();
    for (StoredFrame stored : last) {
      for (LayerPicture layer : stored.frame().payload(Picture.parser()).getLayersList()) {
        String name = quantities.layer(layer.getLayer());
        // Two layers whose names are alike as file names stay apart by their index.
        String file = layer.getLayer() + "-" + Plain.fileName(name);
        UnitTable table = new UnitTable(layer, quantities.description().getGroupsList());
        Files.writeString(folder.resolve(file + ".tsv"), table.vectors());
        Files.writeString(folder.resolve(file + "-units.tsv"), table.metadata());
        config.append(
            """
            embeddings {
              tensor_name: "%s"
              tensor_path: "%s.tsv"
              metadata_path: "%s-units.tsv"
            }
            """
                .formatted(name.replaceAll("[\"\\\\\\p{Cntrl}]", "_"), file, file));
        embeddings++;
      }
    }
    if (embeddings > 0) {
      Files.writeString(folder.resolve("projector_config.pbtxt"), config);
    }
  }
}
