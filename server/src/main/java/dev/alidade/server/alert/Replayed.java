package dev.alidade.server.alert;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.watch.Watch;
import dev.alidade.watch.rule.RulePack;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.Kind;
import java.util.ArrayList;
import java.util.List;

/** Rules on a recording: what they would have said. */
public final class Replayed {
  private static final int PAGE = 512;
  private static final long PAGE_BYTES = 16 << 20;

  private Replayed() {}

  /**
   * The changes of state, in the order of the log; at most {@code most} of them, and then it ends.
   */
  public static List<Alert> alerts(RecordingReader log, RulePack pack, int most)
      throws RecordingException {
    Watch watch = new Watch(pack, "replay");
    List<Alert> alerts = new ArrayList<>();
    long position = 0;
    List<StoredFrame> page = log.after(position, PAGE, PAGE_BYTES);
    while (!page.isEmpty() && alerts.size() < most) {
      for (StoredFrame stored : page) {
        position = stored.position();
        if (stored.frame().kind() != Kind.KIND_UNITS) {
          alerts.addAll(accept(watch, stored));
        }
      }
      page = log.after(position, PAGE, PAGE_BYTES);
    }
    return alerts;
  }

  private static List<Alert> accept(Watch watch, StoredFrame stored) {
    try {
      return watch.accept(stored.frame());
    } catch (MalformedFrameException e) {
      return List.of(); // `verify` says what is wrong with it
    }
  }
}
