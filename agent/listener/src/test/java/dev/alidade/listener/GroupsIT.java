package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.alidade.recording.RecordingReader;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Grouping;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Picture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Groupings beyond the label's class, from the builder to the recording. */
class GroupsIT {
  private static final int ROWS = 16;

  @TempDir Path folder;

  private Alidade.Builder builder() {
    return Alidade.builder()
        .folder(folder)
        .server("none")
        .drainSeconds(0)
        .every(1)
        .analysisBudget(1)
        .callbackBudget(1);
  }

  /** What was said last of the run and of its layers. */
  private record Said(Description description, Picture picture) {
    float[] profiles(int layer) throws Exception {
      return Tensors.floats(picture.getLayers(layer).getProfiles());
    }
  }

  private Said train(Alidade.Builder builder, int batches, boolean lastOnly) throws Exception {
    String file;
    try (Alidade alidade = builder.start()) {
      MultiLayerNetwork net = Nets.mlp(DataType.FLOAT, 0);
      net.addListeners(alidade.listener());
      for (DataSet batch : Nets.flat(batches, ROWS)) {
        net.fit(batch);
        if (!lastOnly) {
          await().atMost(Duration.ofSeconds(20)).until(() -> alidade.status().inFlight() == 0);
        }
      }
      file = alidade.recording();
    }
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      return new Said(
          reader.last(Kind.KIND_DESCRIPTION).orElseThrow().frame().payload(Description.parser()),
          reader.last(Kind.KIND_PICTURE).orElseThrow().frame().payload(Picture.parser()));
    }
  }

  @Test
  void classesComeFirst_thenPredictions_thenTheUsersOwn() throws Exception {
    Said said =
        train(builder().groups("parity", c -> c == 2 ? -1 : c % 2, "even", "odd"), 6, false);

    assertThat(said.description().getGroupsList())
        .containsExactly("0", "1", "2", "correct", "wrong", "even", "odd");
    assertThat(said.description().getGroupingsList())
        .extracting(Grouping::getName, Grouping::getFirst, Grouping::getCount)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("class", 0, 3),
            org.assertj.core.groups.Tuple.tuple("prediction", 3, 2),
            org.assertj.core.groups.Tuple.tuple("parity", 5, 2));
    for (LayerPicture layer : said.picture().getLayersList()) {
      assertThat(layer.getProfiles().getShapeList())
          .containsExactly(7, layer.getPositions().getShape(0));
    }
  }

  @Test
  void profilesOfAGrouping_standAgainstItsOwnMean() throws Exception {
    // Even is class 0 alone and odd class 1 alone, so their contrast is that of the classes.
    Said said = train(builder().groups("parity", c -> c == 2 ? -1 : c, "even", "odd"), 1, true);

    LayerPicture layer = said.picture().getLayers(0);
    int units = layer.getPositions().getShape(0);
    float[] profiles = said.profiles(0);
    float step = layer.getProfileRange() / 127;
    boolean isAnyLarge = false;
    for (int unit = 0; unit < units; unit++) {
      float even = profiles[5 * units + unit];
      float odd = profiles[6 * units + unit];
      assertThat(even + odd).isCloseTo(0, within(2 * step));
      assertThat(even - odd).isCloseTo(profiles[unit] - profiles[units + unit], within(4 * step));
      isAnyLarge |= Math.abs(even) > 10 * step;
    }
    assertThat(isAnyLarge).as("a profile that is not zero").isTrue();
  }

  @Test
  void attributeOfTheProbesRows_splitsTheMap() throws Exception {
    DataSet probe = Nets.flat(1, 40).get(0);
    INDArray features = probe.getFeatures();
    int[] marks = new int[40];
    for (int row = 0; row < 40; row++) {
      marks[row] = row % 8 >= 6 ? -1 : row / 2 % 2;
      features.getRow(row).addi(marks[row] == 1 ? 3 : 0);
    }

    Said said =
        train(
            builder().probe(probe).layoutRows(20).groups("mark", marks, "absent", "present"),
            6,
            false);

    List<String> names = said.description().getGroupsList();
    int present = names.indexOf("present");
    int units = said.picture().getLayers(0).getPositions().getShape(0);
    float[] profiles = said.profiles(0);
    double size = 0;
    for (int unit = 0; unit < units; unit++) {
      size += Math.abs(profiles[present * units + unit]);
      assertThat(profiles[(present - 1) * units + unit])
          .isCloseTo(
              -profiles[present * units + unit],
              within(said.picture().getLayers(0).getProfileRange() / 60));
    }
    assertThat(size / units).isGreaterThan(said.picture().getLayers(0).getProfileRange() / 20);
  }

  @Test
  void groupsThatDoNotFit_nameBothSides() {
    DataSet probe = Nets.flat(1, 40).get(0);
    Alidade.Builder withProbe = builder().probe(probe).groups("mark", new int[39], "a", "b");
    assertThatThrownBy(withProbe::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groups 'mark' must tell the group of each row of the probe, 40: 39");
    Alidade.Builder alone = builder().groups("mark", new int[40], "a", "b");
    assertThatThrownBy(alone::start)
        .hasMessage("groups 'mark' by rows of the probe must come with a probe: none");
    assertThatThrownBy(() -> builder().groups("mark", new int[] {0, 2}, "a", "b"))
        .hasMessage("groups 'mark' must be -1 (none) to 1: 2");
    assertThatThrownBy(() -> builder().groups("class", c -> 0, "a"))
        .hasMessage("groups must have a name other than class and prediction: 'class'");
    assertThatThrownBy(() -> builder().groups("mark", c -> 0, "a", "a"))
        .hasMessage("groups 'mark' must have different names: [a, a]");
    assertThatThrownBy(() -> builder().groups("x", c -> 0, "a").groups("x", c -> 0, "b"))
        .hasMessage("groups must have different names: 'x'");
    assertThatThrownBy(() -> builder().groups("none", c -> 0))
        .hasMessage("groups 'none' must be 1 to 100: 0");
  }

  @Test
  void functionThatThrows_isCounted_andTheRestGoesOn() throws Exception {
    Said said =
        train(
            builder()
                .groups(
                    "broken",
                    c -> {
                      throw new IllegalStateException("broken on purpose");
                    },
                    "a"),
            4,
            false);

    assertThat(said.description().getGroupsList()).contains("correct", "a");
    assertThat(said.profiles(0)).isNotEmpty();
  }
}
