package dev.alidade.server.cli;

import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerPicture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A layer's map as a small PNG: one dot a unit, the brighter the more active. No text: no font. */
final class MapImage {
  static final int SIDE = 256;

  /** Positions are in units of the map's RMS radius: nearly all lie within this many. */
  private static final float REACH = 2.5f;

  private static final Color GROUND = new Color(0x10, 0x14, 0x1a);
  private static final Color LOW = new Color(0x2a, 0x3a, 0x52);
  private static final Color HIGH = new Color(0xff, 0xd1, 0x66);

  private MapImage() {}

  static byte[] png(LayerPicture picture) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setColor(GROUND);
    canvas.fillRect(0, 0, SIDE, SIDE);
    draw(canvas, picture);
    canvas.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static void draw(Graphics2D canvas, LayerPicture picture) throws MalformedFrameException {
    float[] positions = Tensors.floats(picture.getPositions());
    float[] values = picture.hasValues() ? Tensors.floats(picture.getValues()) : new float[0];
    float range = Math.max(picture.getValueRange(), Float.MIN_NORMAL);
    int units = positions.length / 2;
    double radius = Math.max(1.5, Math.min(8, SIDE / (3 * Math.sqrt(Math.max(1, units)))));
    for (int unit = 0; unit < units; unit++) {
      float value = unit < values.length ? Math.min(1, Math.abs(values[unit]) / range) : 0;
      canvas.setColor(between(value));
      double x = (positions[2 * unit] / REACH + 1) * SIDE / 2;
      double y = (1 - positions[2 * unit + 1] / REACH) * SIDE / 2;
      canvas.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }
  }

  private static Color between(float share) {
    return new Color(
        mix(LOW.getRed(), HIGH.getRed(), share),
        mix(LOW.getGreen(), HIGH.getGreen(), share),
        mix(LOW.getBlue(), HIGH.getBlue(), share));
  }

  private static int mix(int low, int high, float share) {
    return Math.round(low + (high - low) * share);
  }
}
