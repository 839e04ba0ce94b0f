package dev.alidade.server.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.wire.proto.LayerPicture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MapPainterTest {
  private static final int SIDE = 200;

  private static Canvas paint(LayerMap map, Field field, Detail detail) {
    Canvas canvas = new Canvas(SIDE, SIDE);
    canvas.fill(Theme.DARK.ground);
    MapPainter painter = new MapPainter(Theme.DARK);
    painter.paint(canvas, new MapPainter.Place(0, 0, SIDE, 1), map, field, detail);
    return canvas;
  }

  /** The map's own coordinates of a pixel's middle. */
  private static double at(LayerMap map, int pixel) {
    return ((pixel + 0.5) / SIDE * 2 - 1) * map.extent();
  }

  @Test
  void aPlane_isInterpolatedExactly_andBlankOutsideTheHull() throws Exception {
    LayerMap map = LayerMap.of(Maps.affine(7, 0.7f, -0.25f), "tanh", false);

    Canvas canvas = paint(map, new Field.Activity(), Detail.BARE);

    ColourMap colours = Theme.DARK.colours(true);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double mx = at(map, x);
        double my = -at(map, y);
        int pixel = canvas.pixels()[y * SIDE + x];
        double reach = Math.max(Math.abs(mx), Math.abs(my));
        double margin = 2 * map.extent() / SIDE;
        if (reach < 1 - margin) {
          double level = 0.7 * mx - 0.25 * my;
          // A level that falls on the border of two entries may be rounded either way.
          assertThat(pixel)
              .as("%d, %d", x, y)
              .isIn(
                  colours.of((float) (level - 1e-4)),
                  colours.of((float) level),
                  colours.of((float) (level + 1e-4)));
        } else if (reach > 1 + margin) {
          assertThat(pixel).as("%d, %d", x, y).isEqualTo(Theme.DARK.ground);
        }
      }
    }
  }

  @Test
  void contours_lieOnOddHalvesOfAStep() throws Exception {
    LayerMap map = LayerMap.of(Maps.affine(7, 0.9f, 0), "tanh", false);

    Canvas bare = paint(map, new Field.Activity(), Detail.BARE);
    Canvas lined = paint(map, new Field.Activity(), Detail.MINI);

    int row = SIDE / 2 * SIDE;
    for (int x = SIDE / 4; x < SIDE * 3 / 4; x++) {
      double steps = Math.abs(0.9 * at(map, x)) / Detail.MINI.step - 0.5;
      double pixels =
          Math.abs(steps - Math.rint(steps)) * Detail.MINI.step / 0.9 / (2 * map.extent() / SIDE);
      boolean isLined = bare.pixels()[row + x] != lined.pixels()[row + x];
      if (pixels < 0.5) {
        assertThat(isLined).as("pixel %d, %.2f from a contour", x, pixels).isTrue();
      } else if (pixels > 1.2) {
        assertThat(isLined).as("pixel %d, %.2f from a contour", x, pixels).isFalse();
      }
    }
  }

  @Test
  void deadUnits_takeNoPartInTheSurface_andAreHollow() throws Exception {
    LayerMap map = Maps.map(120, 3, 8);

    assertThat(Arrays.stream(map.triangles())).isNotEmpty().allMatch(unit -> unit >= 8);
    Canvas canvas = paint(map, new Field.Group(0), Detail.FOCUS);
    float scale = SIDE / (2 * map.extent());
    for (int unit = 0; unit < 8; unit++) {
      int x = (int) (SIDE / 2f + map.positions[2 * unit] * scale);
      int y = (int) (SIDE / 2f - map.positions[2 * unit + 1] * scale);
      assertThat(canvas.pixels()[y * SIDE + x]).as("inside of unit %d", unit).isEqualTo(0x12161b);
      boolean hasRing = false;
      for (int dx = -4; dx <= 4; dx++) {
        hasRing |= canvas.pixels()[y * SIDE + Math.min(SIDE - 1, Math.max(0, x + dx))] != 0x12161b;
      }
      assertThat(hasRing).as("ring of unit %d", unit).isTrue();
    }
  }

  @Test
  void contrast_isTheDifferenceOfTwoGroups() throws Exception {
    LayerMap map = Maps.map(60, 4, 0);
    float[] plus = new float[60];
    float[] minus = new float[60];
    float[] contrast = new float[60];

    map.levels(new Field.Group(1), plus);
    map.levels(new Field.Group(3), minus);
    map.levels(new Field.Contrast(1, 3), contrast);

    for (int unit = 0; unit < 60; unit++) {
      assertThat(contrast[unit]).isEqualTo(plus[unit] - minus[unit]);
    }
  }

  @Test
  void aPainterUsedBefore_drawsTheSamePicture() throws Exception {
    LayerMap large = Maps.map(300, 3, 4);
    LayerMap small = Maps.map(40, 3, 4);
    MapPainter used = new MapPainter(Theme.DARK);
    Canvas canvas = new Canvas(SIDE, SIDE);
    MapPainter.Place place = new MapPainter.Place(0, 0, SIDE, 1);
    used.paint(canvas, place, large, new Field.Group(2), Detail.FOCUS);
    canvas.fill(Theme.DARK.ground);

    used.paint(canvas, place, small, new Field.Group(1), Detail.FOCUS);

    assertThat(canvas.pixels()).isEqualTo(paint(small, new Field.Group(1), Detail.FOCUS).pixels());
  }

  @Test
  void layersOfFewUnits_areDiscs_andNothingIsDrawnOutsideThePlace() throws Exception {
    for (int units = 1; units <= 16; units++) {
      LayerMap map = Maps.map(units, 2, 0);
      assertThat(map.triangles()).isEmpty();
      Canvas canvas = new Canvas(SIDE, SIDE);
      MapPainter.Place place = new MapPainter.Place(50, 60, 80, 1);
      new MapPainter(Theme.LIGHT).paint(canvas, place, map, new Field.Group(1), Detail.FOCUS);
      int drawn = 0;
      for (int i = 0; i < SIDE * SIDE; i++) {
        boolean isInside = i % SIDE >= 50 && i % SIDE < 130 && i / SIDE >= 60 && i / SIDE < 140;
        assertThat(isInside || canvas.pixels()[i] == 0).isTrue();
        drawn += canvas.pixels()[i] == 0 ? 0 : 1;
      }
      assertThat(drawn).as("pixels of %d units", units).isPositive();
    }
  }

  @Test
  void unitsOnOnePlaceOrOneLine_areDrawnWithoutASurface() throws Exception {
    LayerPicture picture = Maps.strewn(30, 2, 0);
    float[] line = new float[60];
    for (int i = 0; i < 30; i++) {
      line[2 * i] = i / 30f;
    }
    for (float[] positions : new float[][] {new float[60], line}) {
      LayerPicture flat =
          picture.toBuilder().setPositions(dev.alidade.wire.Tensors.f32(positions, 30, 2)).build();
      LayerMap map = LayerMap.of(flat, "relu", false);
      assertThat(map.triangles()).isEmpty();
      assertThat(Arrays.stream(paint(map, new Field.Group(0), Detail.FOCUS).pixels()))
          .anyMatch(pixel -> pixel != Theme.DARK.ground);
    }
  }

  @Test
  void pose_turnsTheMapWhenAsked() throws Exception {
    LayerPicture picture =
        Maps.strewn(20, 2, 0).toBuilder().addPose(0).addPose(-1).addPose(1).addPose(0).build();

    LayerMap plain = LayerMap.of(picture, "relu", false);
    LayerMap turned = LayerMap.of(picture, "relu", true);

    for (int unit = 0; unit < 20; unit++) {
      assertThat(turned.positions[2 * unit]).isEqualTo(-plain.positions[2 * unit + 1]);
      assertThat(turned.positions[2 * unit + 1]).isEqualTo(plain.positions[2 * unit]);
    }
  }
}
