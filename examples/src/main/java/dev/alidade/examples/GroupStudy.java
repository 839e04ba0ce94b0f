package dev.alidade.examples;

import dev.alidade.examples.digits.DigitBatches;
import dev.alidade.examples.digits.Digits;
import dev.alidade.listener.Alidade;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.server.picture.MapQuery;
import dev.alidade.server.picture.MapSheet;
import dev.alidade.server.picture.MapSource;
import dev.alidade.server.picture.Theme;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Grouping;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Two trainings that differ in their data alone, each seen by the same probe whose rows are in
 * groups; what differs between their maps is what the data did.
 */
final class GroupStudy {
  static final String LAYER = "hidden2";
  private static final int BATCH = 64;
  private static final int EVERY = 5;
  private static final int PANEL_PIXELS = 500;

  private final String grouping;
  private final DataSet probe;
  private final int[] groupOfRow;
  private final List<String> groups;

  GroupStudy(String grouping, DataSet probe, int[] groupOfRow, List<String> groups) {
    this.grouping = grouping;
    this.probe = probe;
    this.groupOfRow = groupOfRow;
    this.groups = groups;
  }

  /** Trains 784-256-128-10 and returns the recording. */
  Path train(String run, Digits digits, TrainingOptions options, int iterations) {
    try (Alidade alidade =
        Alidade.builder()
            .run(run)
            .every(EVERY)
            .folder(options.folder)
            .probe(probe)
            .groups(grouping, groupOfRow, groups.toArray(String[]::new))
            .callbackBudget(1)
            .analysisBudget(1)
            .start()) {
      MultiLayerNetwork network = Networks.small(options.seed);
      network.setListeners(alidade.listener());
      network.fit(new DigitBatches(digits, BATCH, iterations).until(options.timeIsUp()));
      return Path.of(alidade.recording());
    }
  }

  /** Correlation over the living units of two groups' profiles in the last map. */
  double likeness(Path recording, String first, String second) throws IOException {
    try (RecordingReader reader = RecordingReader.open(recording)) {
      Description description = last(reader, Kind.KIND_DESCRIPTION).payload(Description.parser());
      Picture picture = last(reader, Kind.KIND_PICTURE).payload(Picture.parser());
      int layer =
          description.getLayersList().stream().map(each -> each.getName()).toList().indexOf(LAYER);
      for (LayerPicture each : picture.getLayersList()) {
        if (each.getLayer() == layer) {
          float[] profiles = Tensors.floats(each.getProfiles());
          int from = first(description);
          return correlation(
              profiles,
              from + groups.indexOf(first),
              from + groups.indexOf(second),
              each.getState().toByteArray());
        }
      }
      throw new IOException("the last picture of " + recording + " must have layer " + LAYER);
    }
  }

  private static dev.alidade.wire.Frame last(RecordingReader reader, Kind kind) throws IOException {
    StoredFrame stored =
        reader
            .last(kind)
            .orElseThrow(() -> new IOException(reader.file() + " must have a " + kind));
    return stored.frame();
  }

  private int first(Description description) throws IOException {
    for (Grouping each : description.getGroupingsList()) {
      if (each.getName().equals(grouping)) {
        return each.getFirst();
      }
    }
    throw new IOException("the run must have the grouping " + grouping);
  }

  private static double correlation(float[] profiles, int a, int b, byte[] states) {
    int units = states.length;
    double n = 0;
    double[] sum = new double[5];
    for (int unit = 0; unit < units; unit++) {
      if (states[unit] != 1) {
        double x = profiles[a * units + unit];
        double y = profiles[b * units + unit];
        n++;
        sum[0] += x;
        sum[1] += y;
        sum[2] += x * x;
        sum[3] += y * y;
        sum[4] += x * y;
      }
    }
    double size = (sum[2] - sum[0] * sum[0] / n) * (sum[3] - sum[1] * sum[1] / n);
    return (sum[4] - sum[0] * sum[1] / n) / Math.sqrt(size);
  }

  /** Writes the groups' maps of both runs side by side. */
  void picture(Path clean, Path other, Path output) throws IOException {
    Files.write(output, MapSheet.beside(sheet(clean), sheet(other)));
  }

  private MapSheet sheet(Path recording) throws IOException {
    try (RecordingReader reader = RecordingReader.open(recording)) {
      return MapSource.of(reader)
          .sheet(new MapQuery(LAYER, -1, null, null, grouping, PANEL_PIXELS, Theme.LIGHT, false));
    }
  }
}
