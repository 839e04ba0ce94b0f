package dev.alidade.server.movie;

import dev.alidade.server.picture.Canvas;
import dev.alidade.server.picture.Theme;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * GIF89a, animated, for ever in a loop. The colours of a film are known beforehand, so that one
 * palette serves all frames and none is held; of each frame only the rows and columns that changed
 * are written, and of those what did not change as transparent. LZW as in the specification's
 * appendix F.
 */
final class GifSink implements FrameSink {
  private static final int TRANSPARENT = 255;
  private static final int MOST_CODES = 4096;

  private final OutputStream out;
  private final int width;
  private final int height;
  private final int fps;
  private final int[] palette;
  // Nearest palette entry of each colour of five bits per channel; -1: not looked for yet.
  private final short[] nearest = new short[1 << 15];
  private final byte[] shown;
  private final byte[] drawn;
  private long frames;

  GifSink(Path file, FilmSize size, int fps, Theme theme) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    width = size.width;
    height = size.height;
    this.fps = fps;
    palette = palette(theme);
    Arrays.fill(nearest, (short) -1);
    shown = new byte[width * height];
    drawn = new byte[width * height];
    Arrays.fill(shown, (byte) TRANSPARENT);
    head();
  }

  /** Both colour maps, and the way from the ground to each ink: 255 colours. */
  private static int[] palette(Theme theme) {
    int[] colours = new int[256];
    int at = 0;
    for (int i = 0; i < 100; i++) {
      colours[at++] = theme.colours(true).of(i / 49.5f - 1);
    }
    for (int i = 0; i < 83; i++) {
      colours[at++] = theme.colours(false).of(i / 82f);
    }
    for (int ink : new int[] {theme.ink, theme.muted, theme.accent}) {
      for (int i = 1; i <= 24; i++) {
        colours[at++] = Canvas.mix(theme.ground, ink, i / 24f);
      }
    }
    return colours;
  }

  private void head() throws IOException {
    out.write("GIF89a".getBytes(StandardCharsets.US_ASCII));
    number(width);
    number(height);
    out.write(new byte[] {(byte) 0xf7, 0, 0});
    for (int rgb : palette) {
      out.write(rgb >> 16);
      out.write(rgb >> 8);
      out.write(rgb);
    }
    out.write(new byte[] {0x21, (byte) 0xff, 11});
    out.write("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {3, 1, 0, 0, 0});
  }

  private void number(long value) throws IOException {
    out.write((int) value);
    out.write((int) (value >> 8));
  }

  @Override
  public void add(Canvas canvas) throws IOException {
    int[] pixels = canvas.pixels();
    int top = height;
    int bottom = 0;
    int left = width;
    int right = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        byte entry = (byte) entry(pixels[at]);
        boolean isNew = entry != shown[at];
        drawn[at] = isNew ? entry : (byte) TRANSPARENT;
        if (isNew) {
          shown[at] = entry;
          top = Math.min(top, y);
          bottom = y + 1;
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
        }
      }
    }
    boolean isSame = bottom == 0;
    image(isSame ? 0 : left, isSame ? 0 : top, isSame ? 1 : right, isSame ? 1 : bottom);
  }

  private int entry(int rgb) {
    int key = (rgb >> 9 & 0x7c00) | (rgb >> 6 & 0x3e0) | (rgb >> 3 & 0x1f);
    if (nearest[key] < 0) {
      nearest[key] = (short) search(rgb);
    }
    return nearest[key];
  }

  private int search(int rgb) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < TRANSPARENT; i++) {
      int red = (rgb >> 16 & 0xff) - (palette[i] >> 16 & 0xff);
      int green = (rgb >> 8 & 0xff) - (palette[i] >> 8 & 0xff);
      int blue = (rgb & 0xff) - (palette[i] & 0xff);
      int away = 3 * red * red + 4 * green * green + 2 * blue * blue;
      if (away < least) {
        least = away;
        best = i;
      }
    }
    return best;
  }

  private void image(int left, int top, int right, int bottom) throws IOException {
    // Hundredths of a second; the rounding does not add up.
    long delay = Math.round((frames + 1) * 100.0 / fps) - Math.round(frames * 100.0 / fps);
    frames++;
    out.write(new byte[] {0x21, (byte) 0xf9, 4, 0x05});
    number(delay);
    out.write(new byte[] {(byte) TRANSPARENT, 0, 0x2c});
    number(left);
    number(top);
    number(right - left);
    number(bottom - top);
    out.write(0);
    Lzw lzw = new Lzw(out);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        lzw.add(drawn[y * width + x] & 0xff);
      }
    }
    lzw.end();
  }

  @Override
  public void finish() throws IOException {
    out.write(0x3b);
    out.close();
  }

  @Override
  public String made() {
    return "GIF";
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Variable-length codes of eight-bit symbols in blocks of at most 255 bytes. */
  private static final class Lzw {
    private static final int CLEAR = 256;
    private static final int END = 257;

    private final OutputStream out;
    private final short[] table = new short[MOST_CODES * 256];
    private final byte[] block = new byte[256];
    private int used;
    private int bits;
    private int held;
    private int next = END + 1;
    private int size = 9;
    private int prefix = -1;

    Lzw(OutputStream out) throws IOException {
      this.out = out;
      out.write(8);
      put(CLEAR);
    }

    void add(int symbol) throws IOException {
      if (prefix < 0) {
        prefix = symbol;
        return;
      }
      int known = table[prefix << 8 | symbol];
      if (known != 0) {
        prefix = known;
        return;
      }
      put(prefix);
      if (next < MOST_CODES) {
        table[prefix << 8 | symbol] = (short) next;
        if (next++ == 1 << size) {
          size++;
        }
      } else {
        put(CLEAR);
        Arrays.fill(table, (short) 0);
        next = END + 1;
        size = 9;
      }
      prefix = symbol;
    }

    private void put(int code) throws IOException {
      bits |= code << held;
      for (held += size; held >= 8; held -= 8) {
        store(bits);
        bits >>>= 8;
      }
    }

    private void store(int value) throws IOException {
      block[++used] = (byte) value;
      if (used == 255) {
        flush();
      }
    }

    private void flush() throws IOException {
      if (used > 0) {
        block[0] = (byte) used;
        out.write(block, 0, used + 1);
        used = 0;
      }
    }

    void end() throws IOException {
      if (prefix >= 0) {
        put(prefix);
      }
      put(END);
      if (held > 0) {
        store(bits);
      }
      flush();
      out.write(0);
    }
  }
}
