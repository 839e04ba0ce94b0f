package dev.alidade.watch;

import dev.alidade.watch.detect.Detector;
import dev.alidade.watch.detect.MissingDetector;
import dev.alidade.watch.detect.Verdict;
import dev.alidade.watch.rule.Moment;
import dev.alidade.watch.rule.Rule;
import dev.alidade.watch.rule.Span;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.AlertState;
import dev.alidade.wire.proto.Top;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One rule on one subject: from quiet to pending to firing and back. Not thread safe. */
final class Life {
  private static final int BEFORE = 15;

  /** What a sample led to. */
  enum Step {
    NONE,
    /** Pending for long enough: it fires unless it is limited. */
    DUE,
    RESOLVED
  }

  private enum State {
    QUIET,
    PENDING,
    FIRING
  }

  private final Rule rule;
  private final Subject subject;
  private final Detector detector;
  private final Deque<Double> before = new ArrayDeque<>();
  private State state = State.QUIET;
  private Moment since = new Moment(0, 0, 0);
  private @Nullable Moment overSince;
  private Alert alert = Alert.getDefaultInstance();
  private boolean muted;

  /** What a rule is judged on: a layer, an array, the run. */
  record Subject(Rule.Scope scope, int index, String name) {}

  Life(Rule rule, Subject subject) {
    this.rule = rule;
    this.subject = subject;
    detector = Detector.of(rule.condition());
  }

  Rule rule() {
    return rule;
  }

  Subject subject() {
    return subject;
  }

  Moment since() {
    return since;
  }

  /** As last told. */
  Alert alert() {
    return alert;
  }

  boolean isFiring() {
    return state == State.FIRING;
  }

  /** Whether it fires for itself, and what follows can refer to it. */
  boolean isRoot() {
    return isFiring() && !muted && alert.getCause().isEmpty();
  }

  boolean isMuted() {
    return muted;
  }

  /**
   * Takes a sample in.
   *
   * @param judged false outside of the rule's time: it learns, and says nothing
   */
  Step see(Moment now, Detector.Values values, boolean judged) {
    Verdict verdict = detector.see(now, values);
    Step step = judged ? advance(now, verdict) : Step.NONE;
    double value = detector.finding().value();
    if (state == State.QUIET && verdict != Verdict.HOLDS && Double.isFinite(value)) {
      before.addLast(value);
      if (before.size() > BEFORE) {
        before.removeFirst();
      }
    }
    return step;
  }

  /** Between samples: only silence can be noticed. */
  Step silence(Moment now) {
    return detector instanceof MissingDetector missing
            && state == State.QUIET
            && missing.silence(now.millis()) == Verdict.HOLDS
        ? advance(now, Verdict.HOLDS)
        : Step.NONE;
  }

  private Step advance(Moment now, Verdict verdict) {
    if (verdict == Verdict.UNKNOWN) {
      return Step.NONE;
    }
    return switch (state) {
      case QUIET, PENDING -> towardsFiring(now, verdict);
      case FIRING -> towardsQuiet(now, verdict);
    };
  }

  private Step towardsFiring(Moment now, Verdict verdict) {
    if (verdict != Verdict.HOLDS) {
      state = State.QUIET;
      return Step.NONE;
    }
    if (state == State.QUIET) {
      state = State.PENDING;
      since = now;
    }
    Span hold = rule.hold();
    // "for: 3 samples" is this one and two before it.
    long held = hold.between(since, now) + (hold.unit() == Span.Unit.SAMPLES ? 1 : 0);
    return held >= hold.count() ? Step.DUE : Step.NONE;
  }

  private Step towardsQuiet(Moment now, Verdict verdict) {
    if (verdict != Verdict.OVER) {
      overSince = null;
      return Step.NONE;
    }
    if (overSince == null) {
      overSince = now;
    }
    Span clear = rule.clear();
    long over = clear.between(overSince, now) + (clear.unit() == Span.Unit.SAMPLES ? 1 : 0);
    if (over < clear.count()) {
      return Step.NONE;
    }
    state = State.QUIET;
    alert =
        alert.toBuilder()
            .setState(AlertState.ALERT_STATE_RESOLVED)
            .setValue(detector.finding().value())
            .build();
    return Step.RESOLVED;
  }

  /** A due alert begins to fire, as the consequence of another one when cause is its id. */
  Alert fire(String cause, List<Top> top, String evaluatedBy, String suffix) {
    state = State.FIRING;
    overSince = null;
    muted = false;
    Detector.Finding finding = detector.finding();
    Alert.Builder builder =
        Alert.newBuilder()
            .setId(
                rule.id()
                    + "/"
                    + (subject.name().isEmpty() ? "run" : subject.name())
                    + "/"
                    + since.iteration()
                    + suffix)
            .setRule(rule.id())
            .setSeverity(rule.severity())
            .setState(AlertState.ALERT_STATE_FIRING)
            .setCause(cause)
            .setSubject(subject.name())
            .setSinceIteration(since.iteration())
            .setSinceMillis(since.millis())
            .setQuantity(finding.quantity())
            .setValue(finding.value())
            .setBefore(median())
            .setLimit(finding.limit())
            .setSummary(summary(finding))
            .addAllTop(top)
            .setEvaluatedBy(evaluatedBy);
    if (subject.scope() == Rule.Scope.LAYER) {
      builder.setLayer(subject.index());
    }
    alert = builder.build();
    return alert;
  }

  /** A due alert that its rule's limit per hour silences: it lives, and is not told. */
  void mute() {
    state = State.FIRING;
    overSince = null;
    muted = true;
  }

  private String summary(Detector.Finding finding) {
    String where = subject.name().isEmpty() ? "" : " in " + subject.name();
    String limit =
        Double.isNaN(finding.limit())
            ? ""
            : String.format(Locale.ROOT, " (limit %.4g)", finding.limit());
    return rule.name()
        + where
        + ": "
        + finding.quantity()
        + " = "
        + String.format(Locale.ROOT, "%.4g", finding.value())
        + limit
        + ", since iteration "
        + since.iteration();
  }

  private double median() {
    double[] values = before.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }
}
