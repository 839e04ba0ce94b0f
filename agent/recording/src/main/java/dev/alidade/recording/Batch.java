package dev.alidade.recording;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import java.util.List;
import java.util.Map;

/** What goes into the file in one transaction. */
record Batch(
    List<Frame> frames, List<StoredGap> gaps, Map<Stream, Long> uploads, List<KeptWindow> windows) {
  /** Frames of one kind from one process: the unit within which seq rises. */
  record Stream(int worker, long incarnation, int kind) {
    static Stream of(Frame frame) {
      Origin origin = frame.origin();
      return new Stream(origin.worker(), origin.incarnation(), frame.kindNumber());
    }
  }

  long bytes() {
    return frames.stream().mapToLong(frame -> frame.bytes().length).sum();
  }

  boolean isEmpty() {
    return frames.isEmpty() && gaps.isEmpty() && uploads.isEmpty() && windows.isEmpty();
  }
}
