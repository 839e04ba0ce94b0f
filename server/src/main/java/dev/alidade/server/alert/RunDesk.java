package dev.alidade.server.alert;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.server.alert.AlertDesk.Standing;
import dev.alidade.watch.Watch;
import dev.alidade.watch.rule.RulePack;
import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.AlertState;
import dev.alidade.wire.proto.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules on one run. On the run's thread, but for {@link #standing}. */
final class RunDesk {
  private static final Logger LOG = LoggerFactory.getLogger(RunDesk.class);

  /** Worker number of what the server itself adds to a log. */
  static final int SERVER = Integer.MAX_VALUE;

  private static final int PAGE = 512;
  private static final long PAGE_BYTES = 8 << 20;

  /** Rows that are read again after a restart: some thousand samples, enough for every window. */
  private static final int MOST_ROWS = 20_000;

  private static final int MOST_ALERTS = 10_000;

  private final String name;
  private final Origin origin;
  private final Watch watch;
  private final Map<String, Alert> newest = new LinkedHashMap<>();
  private RulePack pack;
  private long seq;
  private long iteration;

  RunDesk(RunId run, String name, long incarnation, RulePack pack) {
    this.name = name;
    this.pack = pack;
    origin = new Origin(run, SERVER, incarnation);
    watch = new Watch(pack, "server");
  }

  void use(RulePack current) {
    if (!current.equals(pack)) {
      pack = current;
      watch.replace(current);
    }
  }

  /** Reads what was stored before: alerts, so that none is raised twice, and the newest samples. */
  void catchUp(RecordingReader log, long position) throws RecordingException {
    seq = log.stored(origin).getOrDefault(Kind.KIND_ALERT, 0L);
    long from = 0;
    List<StoredFrame> page = log.after(0, Kind.KIND_ALERT, PAGE, PAGE_BYTES);
    while (!page.isEmpty()) {
      for (StoredFrame stored : page) {
        from = stored.position();
        stored(stored.frame());
      }
      page = log.after(from, Kind.KIND_ALERT, PAGE, PAGE_BYTES);
    }
    List<StoredFrame> known =
        new ArrayList<>(log.range(Kind.KIND_DESCRIPTION, 0, Long.MAX_VALUE, PAGE));
    from = Math.max(0, position - MOST_ROWS);
    page = log.after(from, Kind.KIND_NUMBERS, PAGE, PAGE_BYTES);
    while (!page.isEmpty()) {
      known.addAll(page);
      from = page.get(page.size() - 1).position();
      page = log.after(from, Kind.KIND_NUMBERS, PAGE, PAGE_BYTES);
    }
    known.sort(Comparator.comparingLong(StoredFrame::position));
    for (StoredFrame stored : known) {
      if (stored.position() <= position) {
        changes(stored.frame());
      }
    }
  }

  /** What a frame says of an alert, once it is in the log. */
  Optional<Standing> stored(Frame frame) {
    if (frame.kind() != Kind.KIND_ALERT) {
      return Optional.empty();
    }
    try {
      Alert alert = frame.payload(Alert.parser());
      synchronized (newest) {
        newest.put(alert.getId(), alert);
        if (newest.size() > MOST_ALERTS) {
          newest.remove(newest.keySet().iterator().next());
        }
      }
      return Optional.of(new Standing(origin.run(), name, alert));
    } catch (MalformedFrameException e) {
      return Optional.empty(); // of a stranger: it is stored, and says nothing
    }
  }

  List<Frame> judge(Frame frame) {
    iteration = Math.max(iteration, frame.iteration());
    return frames(changes(frame), frame.timeMillis());
  }

  private List<Alert> changes(Frame frame) {
    try {
      return watch.accept(frame);
    } catch (MalformedFrameException e) {
      return List.of();
    } catch (RuntimeException e) {
      LOG.error("{}: rules failed on a {}", origin.run(), frame.kind(), e);
      return List.of();
    }
  }

  List<Frame> silence(long millis) {
    return frames(watch.silence(millis), millis);
  }

  private List<Frame> frames(List<Alert> changes, long millis) {
    List<Frame> frames = new ArrayList<>();
    for (Alert alert : changes) {
      Alert before;
      synchronized (newest) {
        before = newest.get(alert.getId());
      }
      // After a restart, and after an agent's own rules, the same change is found again.
      if (before == null || before.getState().getNumber() < alert.getState().getNumber()) {
        frames.add(Frame.encode(origin, Kind.KIND_ALERT, ++seq, iteration, millis, alert));
      }
    }
    return frames;
  }

  /** Any thread. */
  List<Standing> standing() {
    synchronized (newest) {
      return newest.values().stream()
          .filter(alert -> alert.getState() == AlertState.ALERT_STATE_FIRING)
          .map(alert -> new Standing(origin.run(), name, alert))
          .toList();
    }
  }
}
