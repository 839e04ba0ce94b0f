package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;

/** From a quantity to what the recording says of it. */
class QuantitiesIT {
  @TempDir Path folder;

  private static List<String> ids(Description description, Scope scope) {
    return description.getQuantitiesList().stream()
        .filter(each -> each.getScope() == scope)
        .map(Quantity::getId)
        .toList();
  }

  private static Description description(RecordingReader reader) throws Exception {
    return reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
  }

  private static List<Numbers> numbers(RecordingReader reader) throws Exception {
    List<Numbers> all = new ArrayList<>();
    for (StoredFrame each : reader.range(Kind.KIND_NUMBERS, 0, 1000, 1000)) {
      all.add(each.frame().payload(Numbers.parser()));
    }
    return all;
  }

  private Alidade alidade() {
    return Alidade.builder().every(1).folder(folder).server("none").start();
  }

  @Test
  void ownQuantityOfAServiceFile_isAnnouncedComputedAndSwitchedOffWhenItThrows() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    URL services = QuantitiesIT.class.getResource("/own-quantity/");
    String file;
    Status status;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {services}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      try (Alidade alidade = alidade()) {
        MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
        net.addListeners(alidade.listener());
        Nets.flat(4, 16).forEach(net::fit);
        alidade.close();
        file = alidade.recording();
        status = alidade.status();
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(status.failures()).as("once for each of three layers").isEqualTo(3);
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      List<String> ids = ids(description(reader), Scope.SCOPE_LAYER);
      assertThat(ids).endsWith("range", "impatient");
      for (Numbers each : numbers(reader)) {
        LayerNumbers layer = each.getLayers(1);
        float range = layer.getValues(ids.indexOf("max")) - layer.getValues(ids.indexOf("min"));
        assertThat(layer.getValues(ids.indexOf("range"))).isCloseTo(range, within(1e-6f));
        assertThat(layer.getValues(ids.indexOf("impatient"))).isNaN();
      }
    }
  }

  @Test
  void slowQuantities_areAnnouncedAsSparse_andTheFirstSampleHasThem() throws Exception {
    String file;
    try (Alidade alidade = alidade()) {
      MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
      net.addListeners(alidade.listener());
      Nets.flat(3, 16).forEach(net::fit);
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      Description description = description(reader);
      assertThat(description.getQuantitiesList().stream().filter(Quantity::getSparse))
          .extracting(Quantity::getId)
          .contains("effective_rank", "participation_ratio")
          .doesNotContain("mean", "massive_ratio");
      int rank = ids(description, Scope.SCOPE_LAYER).indexOf("effective_rank");
      assertThat(numbers(reader).get(0).getLayersList())
          .hasSize(3)
          .allMatch(layer -> layer.getValues(rank) >= 1);
    }
  }

  @Test
  void dataWaitShare_isThereOnlyWhereAnIteratorFeeds() throws Exception {
    assertThat(dataWaits(net -> Nets.flat(5, 16).forEach(net::fit))).containsOnly(Float.NaN);
    assertThat(dataWaits(net -> net.fit(new ListDataSetIterator<>(Nets.flat(5, 1))), 1))
        .allMatch(share -> share >= 0 && share <= 1);
  }

  private List<Float> dataWaits(java.util.function.Consumer<MultiLayerNetwork> training)
      throws Exception {
    return dataWaits(training, 0);
  }

  private List<Float> dataWaits(java.util.function.Consumer<MultiLayerNetwork> training, int skip)
      throws Exception {
    String file;
    try (Alidade alidade = alidade()) {
      MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
      net.addListeners(alidade.listener());
      training.accept(net);
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      int index = ids(description(reader), Scope.SCOPE_RUN).indexOf("data_wait_share");
      return numbers(reader).stream().skip(skip).map(each -> each.getRunValues(index)).toList();
    }
  }

  @Test
  void firstNaN_isNamedWithItsLayerAndIteration() throws Exception {
    String file;
    try (Alidade alidade = alidade()) {
      MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
      net.addListeners(alidade.listener());
      List<DataSet> batches = Nets.flat(4, 16);
      batches.get(2).getFeatures().putScalar(3, 1, Float.NaN);
      batches.forEach(net::fit);
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      List<String> notes = new ArrayList<>();
      for (StoredFrame each : reader.range(Kind.KIND_NOTE, 0, 1000, 1000)) {
        notes.add(each.frame().payload(Note.parser()).getText());
      }
      assertThat(notes).filteredOn(text -> text.startsWith("first NaN")).hasSize(1);
      assertThat(notes).anyMatch(text -> text.startsWith("first NaN: layer layer0 at iteration 2"));
    }
  }
}
