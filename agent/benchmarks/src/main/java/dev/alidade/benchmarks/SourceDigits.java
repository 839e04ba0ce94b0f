package dev.alidade.benchmarks;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * Ten thousand labelled digits of 28 x 28: MNIST's test images where a folder has them, else drawn
 * with the platform's font, turned and shifted by lot.
 *
 * @param name where they come from, for the table
 * @param pixels [count x 784], 0 to 1
 * @param labels 0 to 9
 */
@SuppressWarnings("ArrayRecordComponent") // Two tables that one method makes and one reads.
record SourceDigits(String name, float[][] pixels, int[] labels) {
  static final int PIXELS = 784;
  private static final int SIDE = 28;
  private static final int COUNT = 10_000;
  private static final String IMAGES = "t10k-images-idx3-ubyte.gz";
  private static final String LABELS = "t10k-labels-idx1-ubyte.gz";

  /** From the folder when it has MNIST's test files, packed as published; else drawn. */
  static SourceDigits of(Path folder) throws IOException {
    return Files.exists(folder.resolve(IMAGES)) ? read(folder) : draw();
  }

  private static SourceDigits read(Path folder) throws IOException {
    float[][] pixels = new float[COUNT][PIXELS];
    int[] labels = new int[COUNT];
    try (DataInputStream images = open(folder.resolve(IMAGES));
        DataInputStream names = open(folder.resolve(LABELS))) {
      images.skipNBytes(16);
      names.skipNBytes(8);
      byte[] image = new byte[PIXELS];
      for (int i = 0; i < COUNT; i++) {
        images.readFully(image);
        for (int p = 0; p < PIXELS; p++) {
          pixels[i][p] = (image[p] & 0xFF) / 255f;
        }
        labels[i] = names.readUnsignedByte();
      }
    }
    return new SourceDigits("MNIST", pixels, labels);
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream packed = Files.newInputStream(file);
    return new DataInputStream(new GZIPInputStream(packed, 1 << 16));
  }

  private static SourceDigits draw() {
    Random random = new Random(1);
    float[][] pixels = new float[COUNT][PIXELS];
    int[] labels = new int[COUNT];
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < COUNT; i++) {
      labels[i] = random.nextInt(10);
      Graphics2D pen = image.createGraphics();
      pen.clearRect(0, 0, SIDE, SIDE);
      AffineTransform way =
          AffineTransform.getTranslateInstance(14 + 2 * random.nextGaussian(), 14);
      way.rotate(0.2 * random.nextGaussian());
      pen.setTransform(way);
      pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16 + random.nextInt(8)));
      pen.drawString(Integer.toString(labels[i]), -6, 7);
      pen.dispose();
      for (int p = 0; p < PIXELS; p++) {
        pixels[i][p] = (image.getRaster().getSample(p % SIDE, p / SIDE, 0) & 0xFF) / 255f;
      }
    }
    return new SourceDigits("drawn digits", pixels, labels);
  }
}
