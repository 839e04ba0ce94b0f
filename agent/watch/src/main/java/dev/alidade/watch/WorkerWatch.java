package dev.alidade.watch;

import dev.alidade.watch.Life.Step;
import dev.alidade.watch.Life.Subject;
import dev.alidade.watch.rule.Moment;
import dev.alidade.watch.rule.Rule;
import dev.alidade.watch.rule.RulePack;
import dev.alidade.watch.rule.Span;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Top;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules on one worker of a run. Not thread safe. */
final class WorkerWatch {
  private record Key(Rule rule, Subject subject) {}

  private record Due(Life life, List<Top> top) {}

  /** The likely causes first: what inhibits others, what began first, what lies below. */
  private static final Comparator<Due> CAUSES_FIRST =
      Comparator.<Due>comparingInt(due -> -due.life().rule().inhibits().size())
          .thenComparingLong(due -> due.life().since().sample())
          .thenComparingInt(due -> due.life().subject().index());

  private final String evaluatedBy;
  private final String suffix;
  private final Limits limits = new Limits();
  private RulePack pack;
  private Map<Key, Life> lives = new LinkedHashMap<>();
  private Description description = Description.getDefaultInstance();
  private @Nullable Reading reading;
  private @Nullable Moment first;
  private Moment last = new Moment(0, 0, 0);
  private long samples;
  private boolean ended;

  WorkerWatch(RulePack pack, String evaluatedBy, int worker) {
    this.pack = pack;
    this.evaluatedBy = evaluatedBy;
    suffix = worker == 0 ? "" : "/worker " + worker;
  }

  void describe(Description newDescription) {
    description = newDescription;
    reading = new Reading(new Columns(newDescription));
    bind();
  }

  /** Rules that are as before keep their state; alerts of those that are gone end untold. */
  void replace(RulePack newPack) {
    pack = newPack;
    bind();
  }

  private void bind() {
    Map<Key, Life> bound = new LinkedHashMap<>();
    for (Rule rule : pack.rules()) {
      for (Subject subject : subjects(rule)) {
        Key key = new Key(rule, subject);
        Life known = lives.get(key);
        bound.put(key, known == null ? new Life(rule, subject) : known);
      }
    }
    lives = bound;
  }

  private List<Subject> subjects(Rule rule) {
    List<Subject> subjects = new ArrayList<>();
    switch (rule.scope()) {
      case RUN -> subjects.add(new Subject(rule.scope(), 0, ""));
      case LAYER -> {
        for (int i = 0; i < description.getLayersCount(); i++) {
          Layer layer = description.getLayers(i);
          if (rule.layers().choose(layer)) {
            subjects.add(new Subject(rule.scope(), i, layer.getName()));
          }
        }
      }
      case PARAMETER -> {
        for (int i = 0; i < description.getParametersCount(); i++) {
          String name = description.getParameters(i).getName();
          if (rule.layers().choose(name)) {
            subjects.add(new Subject(rule.scope(), i, name));
          }
        }
      }
    }
    return subjects;
  }

  void picture(Picture picture) {
    if (reading != null) {
      reading.maps(picture);
    }
  }

  void end() {
    ended = true;
  }

  List<Alert> sample(long iteration, long millis, Numbers numbers) {
    Reading values = reading;
    if (values == null) {
      return List.of();
    }
    ended = false;
    Moment now = new Moment(samples++, iteration, millis);
    last = now;
    Moment start = first == null ? now : first;
    first = start;
    values.numbers(numbers);
    List<Alert> changes = new ArrayList<>();
    List<Due> due = new ArrayList<>();
    for (Life life : lives.values()) {
      values.at(life.subject().scope(), life.subject().index());
      Step step = life.see(now, values, judged(life.rule(), start, now));
      if (step == Step.DUE) {
        due.add(new Due(life, values.top()));
      } else if (step == Step.RESOLVED && !life.isMuted()) {
        changes.add(life.alert());
      }
    }
    values.forgetMaps();
    raise(due, now, changes);
    return changes;
  }

  private static boolean judged(Rule rule, Moment start, Moment now) {
    boolean warm = rule.warmup().passed(start, now);
    return warm && (rule.until().equals(Span.NONE) || !rule.until().passed(start, now));
  }

  List<Alert> silence(long millis) {
    if (ended || first == null) {
      return List.of();
    }
    Moment now = new Moment(last.sample(), last.iteration(), millis);
    List<Due> due = new ArrayList<>();
    for (Life life : lives.values()) {
      if (life.silence(now) == Step.DUE) {
        due.add(new Due(life, List.of()));
      }
    }
    List<Alert> changes = new ArrayList<>();
    raise(due, now, changes);
    return changes;
  }

  private void raise(List<Due> due, Moment now, List<Alert> changes) {
    due.sort(CAUSES_FIRST);
    for (Due one : due) {
      Life life = one.life();
      String cause = cause(life);
      if (cause.isEmpty() && !limits.allow(life.rule(), now.millis())) {
        life.mute();
      } else {
        changes.add(life.fire(cause, one.top(), evaluatedBy, suffix));
      }
    }
  }

  /** Id of the firing alert that a new one follows from; empty when it stands for itself. */
  private String cause(Life follower) {
    for (Life root : lives.values()) {
      if (root != follower && root.isRoot() && explains(root, follower)) {
        return root.alert().getId();
      }
    }
    return "";
  }

  private static boolean explains(Life root, Life follower) {
    if (root.rule().inhibits(follower.rule())) {
      return true;
    }
    Span together = root.rule().together();
    return root.rule().equals(follower.rule())
        && together.between(root.since(), follower.since()) <= together.count();
  }

  List<Alert> standing() {
    return lives.values().stream()
        .filter(life -> life.isFiring() && !life.isMuted())
        .map(Life::alert)
        .toList();
  }

  /** Alerts that a rule's limit per hour kept untold, by rule. */
  Map<String, Long> suppressed() {
    return new HashMap<>(limits.suppressed());
  }
}
