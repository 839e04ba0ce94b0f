package dev.alidade.recording;

import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What can be saved of a damaged recording. Every page that looks like the leaf of a table is
 * searched for rows; which rows are frames, and whole, their own checksum says. Deleted pages are
 * passed over.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">Database File Format</a>, section 1.6
 */
final class Salvage implements AutoCloseable {
  private static final byte TABLE_LEAF = 13;
  private static final byte INDEX_LEAF = 10;
  private static final int FRAME_COLUMNS = 9;

  /** Columns before the blob take less. */
  private static final int MOST_RECORD_BYTES = Frame.MOST_BYTES + 256;

  private record Cell(long id, long page, int offset) {}

  /** Takes a frame. */
  interface Sink {
    void accept(Frame frame) throws RecordingException;
  }

  private final Path path;
  private final DatabaseFile file;
  private final List<Cell> cells = new ArrayList<>();
  private final List<StoredGap> gaps = new ArrayList<>();
  private final Map<String, String> meta = new TreeMap<>();
  private final RunId run;
  private long damaged;

  private Salvage(Path path, DatabaseFile file) throws IOException {
    this.path = path;
    this.file = file;
    search();
    cells.sort(Comparator.comparingLong(Cell::id));
    run = findRun();
  }

  static Salvage of(Path path) throws RecordingException {
    if (!Files.isRegularFile(path)) {
      throw new RecordingException(path, "recording must be a file that exists");
    }
    try {
      DatabaseFile file = DatabaseFile.open(path);
      try {
        return new Salvage(path, file);
      } catch (IOException e) {
        file.close();
        throw e;
      }
    } catch (RecordingException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static RecordingException unreadable(Path path, IOException e) {
    return new RecordingException(path, "cannot be read: " + e.getMessage(), e);
  }

  // ------------------------------------------------------------------ what was found

  RunId run() {
    return run;
  }

  Map<String, String> meta() {
    return Collections.unmodifiableMap(meta);
  }

  List<StoredGap> gaps() {
    return gaps;
  }

  /** Rows that were no whole frame of the run; complete after {@link #frames}. */
  long damaged() {
    return damaged;
  }

  /** Every whole frame, in the order of the log. */
  void frames(Sink sink) throws RecordingException {
    for (Cell cell : cells) {
      Frame frame = frame(cell);
      if (frame == null || !frame.origin().run().equals(run)) {
        damaged++;
      } else {
        sink.accept(frame);
      }
    }
  }

  private RunId findRun() throws RecordingException {
    String id = meta.getOrDefault("run", "");
    if (RunId.isValid(id)) {
      return new RunId(id);
    }
    for (Cell cell : cells) {
      Frame frame = frame(cell);
      if (frame != null) {
        return frame.origin().run();
      }
    }
    throw new RecordingException(path, "holds no whole frame of a recording");
  }

  // ------------------------------------------------------------------ the search

  private void search() throws IOException {
    Set<Long> free = file.freePages();
    Set<Long> gapsSeen = new HashSet<>();
    for (long number = 1; number <= file.pages(); number++) {
      byte[] page = free.contains(number) ? new byte[0] : file.page(number);
      int start = number == 1 ? 100 : 0;
      if (page.length > start && (page[start] == TABLE_LEAF || page[start] == INDEX_LEAF)) {
        leaf(page, start, number, gapsSeen);
      }
    }
  }

  private void leaf(byte[] page, int start, long number, Set<Long> gapsSeen) {
    int cellCount = ByteBuffer.wrap(page).getShort(start + 3) & 0xffff;
    for (int i = 0; i < cellCount && start + 10 + 2 * i <= page.length; i++) {
      int offset = ByteBuffer.wrap(page).getShort(start + 8 + 2 * i) & 0xffff;
      if (offset < start + 8 || offset >= page.length) {
        damaged++;
      } else if (page[start] == TABLE_LEAF) {
        table(page, number, offset, gapsSeen);
      } else {
        setting(page, offset);
      }
    }
  }

  /** A frame is remembered by its place, a gap is read. */
  private void table(byte[] page, long number, int offset, Set<Long> gapsSeen) {
    Row.Varint length = Row.Varint.at(page, offset);
    Row.Varint id = length.end() < 0 ? length : Row.Varint.at(page, length.end());
    if (id.end() < 0) {
      damaged++;
      return;
    }
    int rest = page.length - id.end();
    boolean small = length.value() >= 0 && length.value() <= Math.min(rest, 4096);
    Row row = small ? Row.of(slice(page, id.end(), (int) length.value())) : null;
    if (row != null && isGap(row)) {
      if (gapsSeen.add(id.value())) {
        gaps.add(gap(row));
      }
    } else if (row == null || isFrame(row)) {
      cells.add(new Cell(id.value(), number, offset));
    }
  }

  private void setting(byte[] page, int offset) {
    Row.Varint length = Row.Varint.at(page, offset);
    int rest = length.end() < 0 ? -1 : page.length - length.end();
    if (length.value() < 0 || length.value() > rest) {
      return;
    }
    Row row = Row.of(slice(page, length.end(), (int) length.value()));
    if (row != null && row.columns() == 2) {
      String key = row.text(0);
      String value = row.text(1);
      if (key != null && value != null && key.matches("[a-z_]{1,40}")) {
        meta.put(key, value);
      }
    }
  }

  private static boolean isFrame(Row row) {
    return row.columns() == FRAME_COLUMNS && row.isNumber(7) && row.blob(8) != null;
  }

  private static boolean isGap(Row row) {
    return row.columns() == FRAME_COLUMNS && row.text(7) != null && row.isNumber(8);
  }

  private static StoredGap gap(Row row) {
    return new StoredGap(
        (int) row.number(1),
        row.number(2),
        (int) row.number(3),
        row.number(4),
        row.number(5),
        row.number(6),
        String.valueOf(row.text(7)),
        row.number(8));
  }

  private static byte[] slice(byte[] bytes, int from, int length) {
    return java.util.Arrays.copyOfRange(bytes, from, from + length);
  }

  // ------------------------------------------------------------------ a row

  private @Nullable Frame frame(Cell cell) throws RecordingException {
    try {
      byte[] record = record(cell);
      Row row = record == null ? null : Row.of(record);
      byte[] data = row == null || !isFrame(row) ? null : row.blob(8);
      if (row == null || data == null || data.length > Frame.MOST_BYTES) {
        return null;
      }
      CRC32C crc = new CRC32C();
      crc.update(data);
      return crc.getValue() == row.number(7) ? Frame.parse(data) : null;
    } catch (MalformedFrameException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The whole record: what is in the page and what overflows; null when that leads nowhere. */
  private byte @Nullable [] record(Cell cell) throws IOException {
    byte[] page = file.page(cell.page());
    Row.Varint length = Row.Varint.at(page, cell.offset());
    Row.Varint id = Row.Varint.at(page, Math.max(0, length.end()));
    if (id.end() < 0 || length.value() < 0 || length.value() > MOST_RECORD_BYTES) {
      return null;
    }
    int whole = (int) length.value();
    int local = localBytes(whole);
    if (id.end() + local + (local < whole ? 4 : 0) > page.length) {
      return null;
    }
    byte[] record = new byte[whole];
    System.arraycopy(page, id.end(), record, 0, local);
    long next = local < whole ? ByteBuffer.wrap(page).getInt(id.end() + local) & 0xffffffffL : 0;
    for (int at = local; at < whole; ) {
      if (next < 2 || next > file.pages()) {
        return null;
      }
      byte[] overflow = file.page(next);
      int part = Math.min(file.usableBytes() - 4, whole - at);
      System.arraycopy(overflow, 4, record, at, part);
      at += part;
      next = ByteBuffer.wrap(overflow).getInt(0) & 0xffffffffL;
    }
    return record;
  }

  private int localBytes(int whole) {
    int usable = file.usableBytes();
    int most = usable - 35;
    if (whole <= most) {
      return whole;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int fitting = least + (whole - least) % (usable - 4);
    return fitting <= most ? fitting : least;
  }

  @Override
  public void close() throws RecordingException {
    try {
      file.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }
}
