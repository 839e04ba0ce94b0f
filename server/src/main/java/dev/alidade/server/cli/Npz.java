package dev.alidade.server.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes NumPy's archive of arrays: a zip file of {@code .npy} entries, row-major, little-endian.
 * The file appears under its name only when it is whole.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NPY 1.0</a>
 */
final class Npz implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final Path file;
  private final Path partial;
  private final ZipOutputStream zip;
  private boolean finished;

  Npz(Path file) throws IOException {
    this.file = file;
    partial = file.resolveSibling(file.getFileName() + ".partial");
    OutputStream out = Files.newOutputStream(partial);
    zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** Adds {@code float32} values of the given shape. */
  void add(String name, float[] values, int... shape) throws IOException {
    byte[] data = new byte[values.length * Float.BYTES];
    buffer(data).asFloatBuffer().put(values);
    add(name, "<f4", data, shape);
  }

  /** Adds {@code int32} values of the given shape. */
  void add(String name, int[] values, int... shape) throws IOException {
    byte[] data = new byte[values.length * Integer.BYTES];
    buffer(data).asIntBuffer().put(values);
    add(name, "<i4", data, shape);
  }

  /** Adds one {@code float64} number. */
  void add(String name, double value) throws IOException {
    byte[] data = new byte[Double.BYTES];
    buffer(data).putDouble(value);
    add(name, "<f8", data);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void add(String name, String type, byte[] data, int... shape) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(header(type, shape));
    zip.write(data);
    zip.closeEntry();
  }

  static byte[] header(String type, int... shape) {
    StringBuilder sides = new StringBuilder();
    for (int side : shape) {
      sides.append(side).append(", ");
    }
    String description =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(type, sides.toString().strip());
    int prefix = 10;
    int length = (prefix + description.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) ' ');
    bytes[length - 1] = '\n';
    ByteBuffer header = buffer(bytes);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) (length - prefix));
    header.put(description.getBytes(StandardCharsets.US_ASCII));
    return bytes;
  }

  /** Gives the file its name. */
  void finish() throws IOException {
    zip.finish();
    zip.close();
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      try {
        zip.close();
      } finally {
        Files.deleteIfExists(partial);
      }
    }
  }
}
