package dev.alidade.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an SQLite database, read without SQLite, those in its write-ahead log first. Nothing
 * in it is believed: numbers out of range lead nowhere.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">Database File Format</a>, sections 1.2,
 *     1.3, 1.5 and 4.1
 */
final class DatabaseFile implements AutoCloseable {
  private static final int HEADER_BYTES = 100;
  private static final int WAL_HEADER_BYTES = 32;
  private static final int WAL_FRAME_BYTES = 24;
  private static final int WAL_MAGIC = 0x377f0682;
  private static final int[] PAGE_SIZES = {16384, 8192, 32768, 65536, 4096};

  private final FileChannel file;
  private final @Nullable FileChannel wal;
  private final Map<Long, Long> walPages = new HashMap<>();
  private int pageBytes;
  private final int reservedBytes;
  private long pages;

  private DatabaseFile(FileChannel file, @Nullable FileChannel wal) throws IOException {
    this.file = file;
    this.wal = wal;
    byte[] header = read(file, 0, HEADER_BYTES);
    boolean known =
        new String(header, 0, 15, java.nio.charset.StandardCharsets.US_ASCII)
            .equals("SQLite format 3");
    int size = known ? ByteBuffer.wrap(header).getShort(16) & 0xffff : 0;
    pageBytes = size == 1 ? 65536 : size;
    if (Integer.bitCount(pageBytes) != 1 || pageBytes < 512) {
      pageBytes = guess(file);
    }
    reservedBytes = known ? header[20] & 0xff : 0;
    pages = (file.size() + pageBytes - 1) / pageBytes;
    if (wal != null) {
      readWal(wal);
    }
  }

  static DatabaseFile open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      Path log = Path.of(path + "-wal");
      FileChannel wal =
          Files.isRegularFile(log) ? FileChannel.open(log, StandardOpenOption.READ) : null;
      return new DatabaseFile(file, wal);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The size at which most pages begin as a leaf of a table does. */
  private static int guess(FileChannel file) throws IOException {
    int best = PAGE_SIZES[0];
    double most = -1;
    for (int size : PAGE_SIZES) {
      long pages = Math.min(2_000, file.size() / size);
      int leaves = 0;
      for (long page = 1; page < pages; page++) {
        leaves += read(file, page * size, 1)[0] == 13 ? 1 : 0;
      }
      double share = leaves / (double) Math.max(1, pages);
      if (share > most) {
        most = share;
        best = size;
      }
    }
    return best;
  }

  /** The newest committed version of each page; a torn tail is left out by its salts. */
  private void readWal(FileChannel log) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(read(log, 0, WAL_HEADER_BYTES));
    if ((header.getInt(0) & ~1) != WAL_MAGIC || header.getInt(8) != pageBytes) {
      return;
    }
    long salts = header.getLong(16);
    Map<Long, Long> pending = new HashMap<>();
    long step = (long) WAL_FRAME_BYTES + pageBytes;
    for (long at = WAL_HEADER_BYTES; at + step <= log.size(); at += step) {
      ByteBuffer frame = ByteBuffer.wrap(read(log, at, WAL_FRAME_BYTES));
      if (frame.getLong(8) != salts) {
        return;
      }
      pending.put(frame.getInt(0) & 0xffffffffL, at + WAL_FRAME_BYTES);
      long committedPages = frame.getInt(4) & 0xffffffffL;
      if (committedPages > 0) {
        walPages.putAll(pending);
        pending.clear();
        pages = Math.max(pages, committedPages);
      }
    }
  }

  private static byte[] read(FileChannel channel, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
      // Until it is full or the file ends: the rest stays zero.
    }
    return buffer.array();
  }

  /** A page by its number, from 1; zeros beyond the end. */
  byte[] page(long number) throws IOException {
    Long inWal = walPages.get(number);
    FileChannel log = wal;
    return inWal != null && log != null
        ? read(log, inWal, pageBytes)
        : read(file, (number - 1) * pageBytes, pageBytes);
  }

  long pages() {
    return pages;
  }

  /** Bytes of a page that hold content. */
  int usableBytes() {
    return Math.max(480, pageBytes - reservedBytes);
  }

  /** Pages on the free list, whose content was deleted. */
  Set<Long> freePages() throws IOException {
    Set<Long> free = new HashSet<>();
    long trunk = ByteBuffer.wrap(page(1)).getInt(32) & 0xffffffffL;
    while (trunk > 1 && trunk <= pages && free.add(trunk)) {
      ByteBuffer content = ByteBuffer.wrap(page(trunk));
      int leaves = Math.max(0, Math.min(content.getInt(4), pageBytes / 4 - 2));
      for (int i = 0; i < leaves; i++) {
        free.add(content.getInt(8 + 4 * i) & 0xffffffffL);
      }
      trunk = content.getInt(0) & 0xffffffffL;
    }
    return free;
  }

  @Override
  public void close() throws IOException {
    file.close();
    if (wal != null) {
      wal.close();
    }
  }
}
