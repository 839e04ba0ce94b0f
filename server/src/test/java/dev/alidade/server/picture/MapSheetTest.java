package dev.alidade.server.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class MapSheetTest {

  private static MapQuery query(int size, Theme theme) {
    return new MapQuery("dense", -1, null, null, null, size, theme, false);
  }

  private static MapSheet single(String title, Theme theme) throws Exception {
    List<MapSheet.Cell> cells = List.of(new MapSheet.Cell(new Field.Contrast(0, 1), ""));
    return new MapSheet(Maps.map(90, 3, 4), cells, title, 4210, query(300, theme));
  }

  private static MapSheet panel(int groups) throws Exception {
    List<MapSheet.Cell> cells = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      cells.add(new MapSheet.Cell(new Field.Group(group), "group " + group));
    }
    return new MapSheet(
        Maps.map(90, groups, 4), cells, "dense by class", 7, query(500, Theme.DARK));
  }

  @Test
  void png_isWhatWasDrawn() throws Exception {
    MapSheet sheet = single("dense", Theme.LIGHT);
    Canvas canvas = sheet.canvas();

    var image = ImageIO.read(new ByteArrayInputStream(sheet.png()));

    assertThat(image.getWidth()).isEqualTo(300);
    assertThat(image.getHeight()).isEqualTo(sheet.height());
    for (int i = 0; i < canvas.pixels().length; i++) {
      assertThat(image.getRGB(i % 300, i / 300) & 0xffffff).isEqualTo(canvas.pixels()[i]);
    }
  }

  @Test
  void caption_isDrawnBelowTheMap() throws Exception {
    Canvas canvas = single("dense \u00b7 7 \u2212 1", Theme.DARK).canvas();
    Canvas other = single("dense \u00b7 7 \u2212 2", Theme.DARK).canvas();

    int differing = 0;
    for (int i = 0; i < canvas.pixels().length; i++) {
      if (canvas.pixels()[i] != other.pixels()[i]) {
        assertThat(i / 300).isGreaterThanOrEqualTo(300);
        differing++;
      }
    }
    assertThat(differing).isPositive();
  }

  @Test
  void svg_isWellFormed_andNamesAreNoMarkup() throws Exception {
    String svg = new String(single("<script>&\u0001", Theme.DARK).svg(), StandardCharsets.UTF_8);

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("<script>&\ufffd, iteration 4210");
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(90);
    assertThat(document.getElementsByTagName("text").getLength())
        .as("words that would need a font")
        .isZero();
  }

  @Test
  void panel_givesEveryGroupItsPlace() throws Exception {
    for (int groups : new int[] {1, 2, 3, 5, 7, 10, 12, 100}) {
      MapSheet sheet = panel(groups);
      List<MapSheet.Placed> placed = sheet.placed();
      assertThat(placed).hasSize(groups);
      for (int i = 0; i < groups; i++) {
        MapPainter.Place a = placed.get(i).place();
        assertThat(a.left() + a.side()).isLessThanOrEqualTo(500);
        assertThat(a.top() + a.side()).isLessThanOrEqualTo(sheet.captionTop());
        for (int j = 0; j < i; j++) {
          MapPainter.Place b = placed.get(j).place();
          assertThat(
                  Math.abs(a.left() - b.left()) >= a.side()
                      || Math.abs(a.top() - b.top()) >= a.side())
              .isTrue();
        }
      }
      assertThat(sheet.canvas().height()).isEqualTo(sheet.height());
    }
    assertThat(MapSheet.columns(10)).isEqualTo(5);
    assertThat(MapSheet.columns(9)).isEqualTo(3);
  }

  @Test
  void query_namesTheRuleItBreaks() {
    assertThatThrownBy(() -> query(10, Theme.DARK))
        .hasMessage("size must be between 64 and 4096: 10");
    assertThatThrownBy(() -> new MapQuery("a", -1, null, "1", null, 300, Theme.DARK, false))
        .hasMessage("minus needs a group to subtract it from: 1");
    assertThatThrownBy(() -> new MapQuery("a", -1, "2", null, "", 300, Theme.DARK, false))
        .hasMessage("groups and group exclude each other: 2");
  }

  @Test
  void text_thatDoesNotFit_endsInAnEllipsis() {
    String fitting = Lettering.fitting("a_very_long_name_of_a_layer", 9, 80);

    assertThat(fitting).endsWith("\u2026").startsWith("a_very");
    assertThat(Lettering.width(fitting, 9)).isLessThanOrEqualTo(80);
  }
}
