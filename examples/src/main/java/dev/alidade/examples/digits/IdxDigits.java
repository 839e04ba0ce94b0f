package dev.alidade.examples.digits;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Digits from a pair of MNIST files, {@code *-images-idx3-ubyte} and {@code *-labels-idx1-ubyte},
 * plain or with {@code .gz}.
 *
 * <p>The format is LeCun's IDX: big-endian magic (2051 images, 2049 labels), sizes, then bytes.
 * Both files are held in memory.
 */
final class IdxDigits implements Digits {
  private static final int IMAGES = 2051;
  private static final int LABELS = 2049;
  private static final int MOST = 1_000_000;

  private final byte[] images;
  private final byte[] labels;
  private final int from;
  private final int size;
  private final String name;

  private IdxDigits(byte[] images, byte[] labels, int from, int size, String name) {
    this.images = images;
    this.labels = labels;
    this.from = from;
    this.size = size;
    this.name = name;
  }

  /**
   * Reads a pair of files.
   *
   * @param prefix {@code train} or {@code t10k}
   * @throws NoSuchFileException naming the folder and the file that is not there
   */
  static IdxDigits read(Path folder, String prefix) throws IOException {
    byte[] labels = labels(find(folder, prefix + "-labels-idx1-ubyte"));
    byte[] images = images(find(folder, prefix + "-images-idx3-ubyte"), labels.length);
    return new IdxDigits(images, labels, 0, labels.length, folder + " " + prefix);
  }

  /** Whether the folder has the images of a pair. */
  static boolean has(Path folder, String prefix) {
    String file = prefix + "-images-idx3-ubyte";
    return Files.isRegularFile(folder.resolve(file))
        || Files.isRegularFile(folder.resolve(file + ".gz"));
  }

  /** The digits {@code first} (counted from 0) up to but without {@code end}. */
  IdxDigits slice(int first, int end) {
    return new IdxDigits(images, labels, from + first, end - first, name);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long index, float[] pixels, int offset) {
    int at = from + (int) (index % size);
    for (int i = 0; i < PIXELS; i++) {
      pixels[offset + i] = (images[at * PIXELS + i] & 0xff) / 255f;
    }
    return labels[at];
  }

  private static Path find(Path folder, String file) throws NoSuchFileException {
    for (String suffix : new String[] {"", ".gz"}) {
      Path path = folder.resolve(file + suffix);
      if (Files.isRegularFile(path)) {
        return path;
      }
    }
    throw new NoSuchFileException(
        "data folder " + folder + " must contain " + file + " or " + file + ".gz");
  }

  private static byte[] labels(Path file) throws IOException {
    try (DataInputStream in = open(file)) {
      expect(file, "magic number", LABELS, in.readInt());
      byte[] labels = body(file, in, count(file, in.readInt()));
      for (byte label : labels) {
        if (label < 0 || label >= CLASSES) {
          throw new IOException(file + ": labels must be 0 to 9: " + label);
        }
      }
      return labels;
    } catch (EOFException e) {
      throw new IOException(file + " ends too early", e);
    }
  }

  private static byte[] images(Path file, int labels) throws IOException {
    try (DataInputStream in = open(file)) {
      expect(file, "magic number", IMAGES, in.readInt());
      int count = count(file, in.readInt());
      expect(file, "number of images (as labels)", labels, count);
      expect(file, "rows", SIDE, in.readInt());
      expect(file, "columns", SIDE, in.readInt());
      return body(file, in, count * PIXELS);
    } catch (EOFException e) {
      throw new IOException(file + " ends too early", e);
    }
  }

  private static int count(Path file, int count) throws IOException {
    if (count < 1 || count > MOST) {
      throw new IOException(file + ": must hold 1 to " + MOST + " digits: " + count);
    }
    return count;
  }

  private static byte[] body(Path file, InputStream in, int length) throws IOException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException(file + " ends too early: " + body.length + " of " + length + " bytes");
    }
    return body;
  }

  private static void expect(Path file, String what, int expected, int found) throws IOException {
    if (expected != found) {
      throw new IOException(file + ": " + what + " must be " + expected + ": " + found);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
      return new DataInputStream(new BufferedInputStream(plain));
    } catch (IOException e) {
      in.close();
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return name + " (" + size + " digits)";
  }
}
