package dev.alidade.server.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ColourMapTest {

  /** {@code colours.txt}: every entry, written by the page's own code. */
  @Test
  void everyColour_isThePages() throws Exception {
    List<String> lines;
    try (var in = ColourMapTest.class.getResourceAsStream("colours.txt")) {
      lines =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .toList();
    }
    assertThat(lines).hasSize(4);
    for (String line : lines) {
      String[] parts = line.split(" ");
      ColourMap map = ColourMap.of(Theme.of(parts[0]), parts[1].equals("signed"));
      StringBuilder ours = new StringBuilder();
      for (int i = 0; i < ColourMap.ENTRIES; i++) {
        ours.append(String.format("%06x", map.entry(i)));
      }
      assertThat(ours.toString()).as(parts[0] + " " + parts[1]).isEqualTo(parts[2]);
    }
  }

  @Test
  void zero_isTheGround_andTooMuchIsClamped() {
    for (Theme theme : Theme.values()) {
      assertThat(theme.colours(true).of(0)).isEqualTo(theme.ground);
      assertThat(theme.colours(false).of(0)).isEqualTo(theme.ground);
      assertThat(theme.colours(true).of(7)).isEqualTo(theme.colours(true).of(1));
      assertThat(theme.colours(true).of(-7)).isEqualTo(theme.colours(true).of(-1));
      assertThat(theme.colours(false).of(-7)).isEqualTo(theme.ground);
    }
  }

  @Test
  void unknownTheme_namesThoseThereAre() {
    assertThatThrownBy(() -> Theme.of("sepia"))
        .hasMessage("theme must be one of light, dark: sepia");
  }
}
