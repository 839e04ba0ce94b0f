package dev.alidade.server.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** PNG (ISO/IEC 15948), eight bits of red, green and blue: needs no imaging library. */
public final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Png() {}

  public static byte[] of(Canvas canvas) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(SIGNATURE);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream head = new DataOutputStream(header);
      head.writeInt(canvas.width());
      head.writeInt(canvas.height());
      head.write(new byte[] {8, 2, 0, 0, 0});
      chunk(out, "IHDR", header.toByteArray());
      chunk(out, "IDAT", rows(canvas));
      chunk(out, "IEND", new byte[0]);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory must be writable", e);
    }
  }

  /** Each row as its difference from the one above (filter 2): maps are smooth. */
  private static byte[] rows(Canvas canvas) throws IOException {
    int width = canvas.width();
    byte[] row = new byte[1 + 3 * width];
    row[0] = 2;
    Deflater deflater = new Deflater(6);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater, 1 << 15)) {
      int[] pixels = canvas.pixels();
      for (int y = 0; y < canvas.height(); y++) {
        for (int x = 0; x < width; x++) {
          int above = y == 0 ? 0 : pixels[(y - 1) * width + x];
          int here = pixels[y * width + x];
          row[1 + 3 * x] = (byte) ((here >> 16) - (above >> 16));
          row[2 + 3 * x] = (byte) ((here >> 8) - (above >> 8));
          row[3 + 3 * x] = (byte) (here - above);
        }
        out.write(row);
      }
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
