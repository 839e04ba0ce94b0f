package dev.alidade.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of SQLite: values without names.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">Database File Format</a>, section 2.1
 */
final class Row {
  private static final int MOST_COLUMNS = 9;

  private final List<@Nullable Object> values;

  private Row(List<@Nullable Object> values) {
    this.values = values;
  }

  /** A number and where it ended; negative: it went beyond the end. */
  record Varint(long value, int end) {
    static Varint at(byte[] bytes, int start) {
      long value = 0;
      for (int i = 0; i < 9; i++) {
        if (start + i >= bytes.length) {
          return new Varint(0, -1);
        }
        int next = bytes[start + i];
        if (i == 8) {
          return new Varint(value << 8 | (next & 0xff), start + 9);
        }
        value = value << 7 | (next & 0x7f);
        if (next >= 0) {
          return new Varint(value, start + i + 1);
        }
      }
      return new Varint(0, -1);
    }
  }

  /** Null when the bytes are no record of at most nine columns. */
  static @Nullable Row of(byte[] record) {
    Varint length = Varint.at(record, 0);
    if (length.end() < 0 || length.value() > record.length || length.value() < 1) {
      return null;
    }
    List<@Nullable Object> values = new ArrayList<>();
    int head = length.end();
    long at = length.value();
    while (head < length.value()) {
      Varint type = Varint.at(record, head);
      long bytes = type.end() < 0 || type.value() < 0 ? -1 : bytes(type.value());
      if (bytes < 0 || at + bytes > record.length || values.size() == MOST_COLUMNS) {
        return null;
      }
      values.add(value(record, (int) at, (int) bytes, type.value()));
      at += bytes;
      head = type.end();
    }
    return new Row(values);
  }

  private static long bytes(long type) {
    if (type >= 12) {
      return (type - 12) / 2;
    }
    return switch ((int) type) {
      case 0, 8, 9 -> 0;
      case 1, 2, 3, 4 -> type;
      case 5 -> 6;
      case 6, 7 -> 8;
      default -> -1;
    };
  }

  private static @Nullable Object value(byte[] record, int at, int bytes, long type) {
    if (type == 0) {
      return null;
    }
    if (type >= 12) {
      byte[] content = new byte[bytes];
      ByteBuffer.wrap(record, at, bytes).get(content);
      return type % 2 == 0 ? content : new String(content, StandardCharsets.UTF_8);
    }
    if (type >= 7) {
      return type - 8;
    }
    long number = bytes == 0 ? 0 : record[at];
    for (int i = 1; i < bytes; i++) {
      number = number << 8 | (record[at + i] & 0xff);
    }
    return number;
  }

  int columns() {
    return values.size();
  }

  long number(int column) {
    return values.get(column) instanceof Long number ? number : -1;
  }

  boolean isNumber(int column) {
    return values.get(column) instanceof Long;
  }

  @Nullable String text(int column) {
    return values.get(column) instanceof String text ? text : null;
  }

  byte @Nullable [] blob(int column) {
    return values.get(column) instanceof byte[] blob ? blob : null;
  }
}
