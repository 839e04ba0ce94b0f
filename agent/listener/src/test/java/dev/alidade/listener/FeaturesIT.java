package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Features;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerFeatures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** What heads and filters see of one example is what the graph computes for it. */
class FeaturesIT {
  @TempDir Path folder;

  @Test
  void features_ofAttention_areTheWeightsOfTheFirstExample() throws Exception {
    DataSet batch = Graphs.batch(0, true, Graphs.STEPS, Graphs.WIDTH);
    SameDiff graph = Graphs.transformer();
    check(graph, batch, "block/attention", 2, Graphs.STEPS, Graphs.STEPS);
  }

  @Test
  void features_ofAConvolution_areItsChannelsOfTheFirstExample() throws Exception {
    check(Graphs.cnn(), Graphs.batch(0, false, 1, 8, 8), "seen", 4, 8, 8);
  }

  private void check(SameDiff graph, DataSet batch, String name, Integer... shape)
      throws Exception {
    INDArray truth =
        graph
            .output(Map.of("x", batch.getFeatures(), "y", batch.getLabels()), name)
            .get(name)
            .dup('c');
    Path file;
    try (Alidade alidade =
        Alidade.builder().every(1).folder(folder).server("none").drainSeconds(0).start()) {
      graph.addListeners(alidade.sameDiffListener());
      graph.fit(batch);
      graph.fit(batch);
      await().atMost(Duration.ofMinutes(2)).until(() -> alidade.status().stored() == 2);
      alidade.close();
      assertThat(alidade.status().failures()).isZero();
      file = Path.of(alidade.recording());
    }
    try (RecordingReader reader = RecordingReader.open(file)) {
      Description description =
          reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
      List<StoredFrame> frames = reader.range(Kind.KIND_FEATURES, 0, 1000, 1000);
      // Rarely: the second sample came at once.
      assertThat(frames).hasSize(1);
      assertThat(frames.get(0).frame().iteration()).isZero();
      Features said = frames.get(0).frame().payload(Features.parser());
      LayerFeatures maps =
          said.getLayersList().stream()
              .filter(each -> description.getLayers(each.getLayer()).getName().equals(name))
              .findFirst()
              .orElseThrow();
      assertThat(maps.getMaps().getShapeList()).containsExactly(shape);
      float[] values = Tensors.floats(maps.getMaps());
      assertThat(maps.getRange()).isPositive();
      for (int i = 0; i < values.length; i++) {
        assertThat((double) values[i])
            .isCloseTo(truth.getDouble(i), within(maps.getRange() / 200.0));
      }
    }
  }
}
