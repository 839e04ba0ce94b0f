package dev.alidade.server.store;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run's log in memory: the last events, bounded in bytes, and the newest frame of each
 * slot. Event loop only.
 */
public final class Tail {
  private static final long MOST_BYTES = 8 << 20;
  private static final int MOST_SLOTS = 256;

  private final TreeMap<Long, LiveFrame> events = new TreeMap<>();
  private final Map<LiveFrame.Slot, LiveFrame> newest = new LinkedHashMap<>();
  private final long mostBytes;
  private long bytes;
  private long startsAfter;
  private long last;

  Tail(long position) {
    this(position, MOST_BYTES);
  }

  Tail(long position, long mostBytes) {
    startsAfter = position;
    last = position;
    this.mostBytes = mostBytes;
  }

  void append(List<LiveFrame> frames) {
    for (LiveFrame frame : frames) {
      last = frame.position();
      if (frame.isEvent()) {
        events.put(frame.position(), frame);
        bytes += frame.content().length();
      } else if (frame.isCache()) {
        show(frame);
      }
    }
    while (bytes > mostBytes) {
      LiveFrame oldest = events.pollFirstEntry().getValue();
      bytes -= oldest.content().length();
      startsAfter = oldest.position();
    }
  }

  /** Makes a frame the newest of its slot, unless there are too many slots. */
  void show(LiveFrame frame) {
    if (newest.size() < MOST_SLOTS || newest.containsKey(frame.slot())) {
      newest.put(frame.slot(), frame);
    }
  }

  /** Position of the last frame of the log that was committed and read back. */
  public long last() {
    return last;
  }

  /** Whether every event after {@code position} is here. */
  public boolean covers(long position) {
    return position >= startsAfter;
  }

  /** The first event after {@code position}; null at the end. */
  public @Nullable LiveFrame next(long position) {
    var entry = events.higherEntry(position);
    return entry == null ? null : entry.getValue();
  }

  /** The newest frame of each slot. */
  public Collection<LiveFrame> newest() {
    return newest.values();
  }
}
