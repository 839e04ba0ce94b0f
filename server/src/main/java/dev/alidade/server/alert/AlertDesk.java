package dev.alidade.server.alert;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.server.store.RunJudge;
import dev.alidade.watch.rule.RulePack;
import dev.alidade.wire.Frame;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The rules on every run that is written. Thread safe; each run is judged on its own thread. */
public final class AlertDesk implements RunJudge {
  /** Is told of every change of state once it is stored; on the run's thread. */
  public interface Listener {
    void changed(Standing standing);
  }

  /** An alert of a run, as it stands. */
  public record Standing(RunId run, String runName, Alert alert) {}

  private final long incarnation = System.currentTimeMillis();
  private final Map<RunId, RunDesk> runs = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile RulePack pack;

  public AlertDesk(RulePack pack) {
    this.pack = pack;
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  public RulePack pack() {
    return pack;
  }

  /** Goes on with other rules; those that did not change keep what they know. */
  public void replace(RulePack newPack) {
    pack = newPack;
  }

  @Override
  public void catchUp(RunId run, RecordingReader log, long position) throws RecordingException {
    RunDesk desk = new RunDesk(run, log.name(), incarnation, pack);
    desk.catchUp(log, position);
    runs.put(run, desk);
  }

  @Override
  public List<Frame> judge(RunId run, Frame frame) {
    RunDesk desk = runs.get(run);
    if (desk == null) {
      return List.of();
    }
    desk.use(pack);
    desk.stored(frame)
        .ifPresent(standing -> listeners.forEach(listener -> listener.changed(standing)));
    return desk.judge(frame);
  }

  @Override
  public List<Frame> silence(RunId run, long millis) {
    RunDesk desk = runs.get(run);
    return desk == null ? List.of() : desk.silence(millis);
  }

  /** The alerts that fire now, of all runs judged since the start. */
  public List<Standing> standing() {
    List<Standing> all = new ArrayList<>();
    runs.values().forEach(desk -> all.addAll(desk.standing()));
    return all;
  }
}
