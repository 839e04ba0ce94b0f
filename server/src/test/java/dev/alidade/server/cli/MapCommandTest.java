package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapCommandTest {
  @TempDir Path folder;
  private Path file;
  private Path output;

  @BeforeEach
  void record() throws Exception {
    file = SampleRun.write(folder.resolve("run.alidade"), "mnist", false);
    output = folder.resolve("map.png");
  }

  private Cli map(String... more) {
    List<String> all = new ArrayList<>(List.of("map", file.toString(), "-o", output.toString()));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(String[]::new));
  }

  @Test
  void a_picture_of_the_asked_size_is_written() throws Exception {
    assertThat(map("--layer", "dense", "--size", "300").assertSucceeds().out())
        .isEqualTo(output + System.lineSeparator());

    var image = ImageIO.read(output.toFile());
    assertThat(image.getWidth()).isEqualTo(300);
    assertThat(image.getHeight()).isGreaterThan(300);
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xfbfaf7);
    byte[] light = Files.readAllBytes(output);
    map("--layer", "dense", "--size", "300", "--theme", "dark").assertSucceeds();
    assertThat(Files.readAllBytes(output)).isNotEqualTo(light);
  }

  @Test
  void an_earlier_moment_is_the_last_map_at_or_before_it() throws Exception {
    output = folder.resolve("map.svg");

    map("--layer", "dense", "--at", "29").assertSucceeds();

    assertThat(Files.readString(output))
        .contains("<title>mnist \u00b7 dense \u00b7 activity, iteration 20<");
  }

  @Test
  void what_is_not_there_is_named_beside_what_is() {
    map("--layer", "dens").assertFails(1, "layer 'dens' is not in the run; it has: dense, out");
    map("--layer", "dense", "--at", "31")
        .assertFails(1, "iteration must be between 10 and 30, where there are maps: 31");
    map("--layer", "dense", "--at", "9")
        .assertFails(1, "iteration must be between 10 and 30, where there are maps: 9");
    map("--layer", "out").assertFails(1, "layer 'out' has no map at that moment");
    map("--layer", "dense", "--group", "7")
        .assertFails(1, "group '7' is not in the map; it has: none");
    map("--layer", "dense", "--groups", "mark")
        .assertFails(1, "grouping 'mark' is not in the run; it has: class");
    map("--layer", "dense", "--groups")
        .assertFails(
            1, "the map has no groups: labels were not seen, so there is nothing to compare");
    assertThat(output).doesNotExist();
  }

  @Test
  void arguments_are_checked() {
    map("--layer", "dense", "--size", "9").assertFails(1, "size must be between 64 and 4096: 9");
    map("--layer", "dense", "--minus", "3")
        .assertFails(1, "minus needs a group to subtract it from: 3");
    map("--layer", "dense", "--theme", "sepia")
        .assertFails(1, "theme must be one of light, dark: sepia");
    map("--layer", "dense", "--at", "-3").assertFails(1, "--at must be at least 0: -3");
    map().assertFails(2, "Missing required option: '--layer=NAME'");
    output = folder.resolve("map.gif");
    map("--layer", "dense").assertFails(1, "output must end with .png or .svg: " + output);
  }

  @Test
  void an_output_that_cannot_be_written_leaves_nothing_behind() throws Exception {
    output = folder.resolve("missing").resolve("map.png");
    map("--layer", "dense").assertFails(1, "the folder of the output must exist: " + output);
    output = Files.createDirectory(folder.resolve("folder.png"));
    map("--layer", "dense").assertFails(1, "the output must be a file: " + output);

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(each -> each.getFileName().toString()).sorted())
          .containsExactly("folder.png", "run.alidade");
    }
  }
}
