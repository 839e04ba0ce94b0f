package dev.alidade.watch;

import dev.alidade.watch.rule.RulePack;
import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules on one run. Takes its frames in the order of the log; frames of kinds that rules do not
 * look at are passed over. Cost: some microseconds per layer and sample, see the benchmarks. Not
 * thread safe.
 */
public final class Watch {
  private final String evaluatedBy;
  private final Map<Integer, WorkerWatch> workers = new TreeMap<>();
  private RulePack pack;

  /**
   * @param evaluatedBy what the alerts say of who found them: "server", "agent"
   */
  public Watch(RulePack pack, String evaluatedBy) {
    this.pack = pack;
    this.evaluatedBy = evaluatedBy;
  }

  /**
   * Takes a frame in.
   *
   * @return the alerts that changed their state by it, causes before what follows from them
   */
  public List<Alert> accept(Frame frame) throws MalformedFrameException {
    switch (frame.kind()) {
      case KIND_DESCRIPTION -> worker(frame).describe(frame.payload(Description.parser()));
      case KIND_PICTURE -> worker(frame).picture(frame.payload(Picture.parser()));
      case KIND_END -> worker(frame).end();
      case KIND_NUMBERS -> {
        return worker(frame)
            .sample(frame.iteration(), frame.timeMillis(), frame.payload(Numbers.parser()));
      }
      default -> {
        // Nothing that rules look at.
      }
    }
    return List.of();
  }

  private WorkerWatch worker(Frame frame) {
    return workers.computeIfAbsent(
        frame.origin().worker(), number -> new WorkerWatch(pack, evaluatedBy, number));
  }

  /**
   * Says how late it is while no frame comes, so that silence is noticed.
   *
   * @param millis wall clock, as frames say it
   */
  public List<Alert> silence(long millis) {
    List<Alert> changes = new ArrayList<>();
    workers.values().forEach(worker -> changes.addAll(worker.silence(millis)));
    return changes;
  }

  /** Goes on with other rules; those that did not change keep what they know. */
  public void replace(RulePack newPack) {
    pack = newPack;
    workers.values().forEach(worker -> worker.replace(newPack));
  }

  /** The alerts that fire now. */
  public List<Alert> standing() {
    return workers.values().stream().flatMap(worker -> worker.standing().stream()).toList();
  }

  /** Alerts that were not told because their rule had raised its most within an hour, by rule. */
  public Map<String, Long> suppressed() {
    Map<String, Long> all = new HashMap<>();
    workers.values().forEach(w -> w.suppressed().forEach((id, n) -> all.merge(id, n, Long::sum)));
    return all;
  }
}
