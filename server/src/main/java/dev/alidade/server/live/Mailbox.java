package dev.alidade.server.live;

import dev.alidade.server.store.LiveFrame;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** One slot per worker and kind, in which the newest frame waits. Bounded by the tail's slots. */
final class Mailbox {
  private final Map<LiveFrame.Slot, LiveFrame> waiting = new LinkedHashMap<>();
  private final Map<LiveFrame.Slot, Long> taken = new HashMap<>();
  private long coalesced;

  /** Puts a frame in its slot unless it was sent already; what lay there is skipped and counted. */
  void put(LiveFrame frame) {
    if (frame.position() > taken.getOrDefault(frame.slot(), 0L)
        && waiting.put(frame.slot(), frame) != null) {
      coalesced++;
    }
  }

  /** Counts frames that never came to a slot. */
  void skipped(long frames) {
    coalesced += frames;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  LiveFrame take() {
    Iterator<LiveFrame> all = waiting.values().iterator();
    LiveFrame frame = all.next();
    all.remove();
    taken.put(frame.slot(), frame.position());
    return frame;
  }

  void clear() {
    waiting.clear();
  }

  long coalesced() {
    return coalesced;
  }
}
