package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.End;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;

class RecordingIT {
  @TempDir Path folder;

  private String train(Alidade.Builder alidade, int batches) throws Exception {
    MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
    try (Alidade started = alidade.every(2).folder(folder).server("none").layouts(false).start()) {
      net.addListeners(started.listener());
      for (DataSet batch : Nets.flat(batches, 16)) {
        net.fit(batch);
      }
      return started.recording();
    }
  }

  @Test
  void resumedTraining_continuesItsRecordingAndShowsTheSeam() throws Exception {
    String file = train(Alidade.builder().run("mlp"), 20);
    // From an earlier checkpoint: this one begins at iteration 0 again and ends at 10.
    assertThat(train(Alidade.builder().resume(file), 11)).isEqualTo(file);

    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      assertThat(reader.origins()).hasSize(2);
      assertThat(reader.name()).isEqualTo("mlp");
      assertThat(reader.last(Kind.KIND_NOTE).orElseThrow().frame().payload(Note.parser()).getText())
          .isEqualTo("resumed at iteration 0, after 18; iterations 0 to 18 are trained again");
      assertThat(reader.range(Kind.KIND_NUMBERS, 0, 1000, 1000))
          .extracting(each -> each.frame().iteration())
          .containsExactly(0L, 2L, 4L, 6L, 8L, 10L);
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(16);
      assertThat(reader.missing()).isEmpty();
    }
  }

  @Test
  void whatCannotBeResumed_isAnErrorAtTheStart() {
    assertThatThrownBy(() -> train(Alidade.builder().resume(folder + "/none.alidade"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("resume must be a recording or a run id: ");
    assertThatThrownBy(() -> train(Alidade.builder().resume("01ARZ3NDEKTSV4RRFFQ69G5FAV"), 1))
        .hasMessage(
            "resume must be a run with a recording in " + folder + ": 01ARZ3NDEKTSV4RRFFQ69G5FAV");
  }

  @Test
  void training_becomesFramesInTheRecording() throws Exception {
    MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
    String file;
    Status status;
    try (Alidade alidade =
        Alidade.builder().run("mlp").every(2).folder(folder).server("none").start()) {
      net.addListeners(alidade.listener());
      for (DataSet batch : Nets.flat(20, 16)) {
        net.fit(batch);
      }
      alidade.log("val accuracy", 0.5);
      alidade.note("halfway");
      alidade.close();
      status = alidade.status();
      file = alidade.recording();
    }
    assertThat(status.offered()).isEqualTo(10);
    assertThat(status.stored()).isEqualTo(10);
    assertThat(status.failures()).isZero();
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      List<StoredFrame> frames = reader.after(0, 1000, 1 << 24);
      assertThat(frames.get(0).frame().kind()).isEqualTo(Kind.KIND_DESCRIPTION);
      Description description =
          reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser());
      assertThat(description.getFramework()).isEqualTo("deeplearning4j 1.0.0-M2.1");
      assertThat(description.getLayersList())
          .extracting(Layer::getName, Layer::getType, Layer::getUnits, Layer::getActivation)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("layer0", "DenseLayer", 8, "relu"),
              org.assertj.core.groups.Tuple.tuple("layer1", "DenseLayer", 5, "tanh"),
              org.assertj.core.groups.Tuple.tuple("layer2", "OutputLayer", 3, "softmax"));
      assertThat(description.getGroupsList()).containsExactly("0", "1", "2", "correct", "wrong");
      List<StoredFrame> numbers = reader.range(Kind.KIND_NUMBERS, 0, 1000, 1000);
      assertThat(numbers)
          .extracting(each -> each.frame().iteration())
          .containsExactly(0L, 2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L);
      Numbers last = numbers.get(9).frame().payload(Numbers.parser());
      assertThat(last.getLayersList()).hasSize(3).allMatch(each -> each.getRows() == 16);
      assertThat(last.getOffered()).isEqualTo(10);
      StoredFrame pictured = reader.last(Kind.KIND_PICTURE).orElseThrow();
      Picture picture = pictured.frame().payload(Picture.parser());
      assertThat(pictured.frame().iteration()).isEqualTo(18);
      assertThat(picture.getLayersList())
          .extracting(LayerPicture::getLayer)
          .containsExactly(0, 1, 2);
      assertThat(Tensors.floats(picture.getLayers(0).getPositions())).hasSize(16);
      assertThat(picture.getLayers(0).getProfiles().getShapeList()).containsExactly(5, 8);
      assertThat(reader.last(Kind.KIND_END).orElseThrow().frame().payload(End.parser()).getReason())
          .isEqualTo("closed");
    }
  }

  @Test
  void sharesOfTheAgent_areThereFromTheSecondSampleOn() throws Exception {
    MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 1);
    String file;
    try (Alidade alidade = Alidade.builder().every(1).folder(folder).server("none").start()) {
      net.addListeners(alidade.listener());
      for (DataSet batch : Nets.flat(4, 16)) {
        net.fit(batch);
      }
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      List<String> ids =
          reader
              .last(Kind.KIND_DESCRIPTION)
              .orElseThrow()
              .frame()
              .payload(Description.parser())
              .getQuantitiesList()
              .stream()
              .filter(each -> each.getScope() == Scope.SCOPE_RUN)
              .map(Quantity::getId)
              .toList();
      for (StoredFrame each : reader.range(Kind.KIND_NUMBERS, 1, 9, 9)) {
        Numbers numbers = each.frame().payload(Numbers.parser());
        assertThat(numbers.getRunValues(ids.indexOf("callback_share"))).isBetween(0f, 1f);
        assertThat(numbers.getRunValues(ids.indexOf("analysis_share"))).isBetween(0f, 1f);
      }
    }
  }
}
