package dev.alidade.listener.pipeline;

import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Effort;
import dev.alidade.listener.capture.Throttle;
import dev.alidade.listener.capture.Throttle.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps two budgets, each an average over the last minute: thread CPU inside the callbacks as a
 * share of the training threads' CPU, and the analysis thread's CPU as a share of one core.
 *
 * <p>Layout ticks live on what the rest leaves of the second budget, so they yield first. When the
 * copying or the numbers alone are too dear it reads fewer rows, then fewer layers in turn, then
 * fewer iterations, one step at a time, each step said in a note; with plenty of room it takes the
 * steps back. Belongs to the analysis thread.
 */
final class Governor {
  private static final int MINUTE = 60;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long SETTLE = 10 * SECOND;
  private static final long SETTLE_FAR_OFF = 3 * SECOND;
  private static final double EARLY_CREDIT = 4;
  private static final double ROOM = 1.0 / 3;
  private static final List<Level> LADDER = ladder();

  private final Effort effort;
  private final Throttle throttle;
  private final double callbackBudget;
  private final double analysisBudget;
  private final Clock clock;
  private final Consumer<String> notes;

  private final Window callback = new Window();
  private final Window training = new Window();
  private final Window iterations = new Window();
  private final Window waiting = new Window();
  private final Window fed = new Window();
  private final Window parameters = new Window();
  private final Window numbers = new Window();
  private final Window layout = new Window();
  private final long start;
  private long changed;
  private long looked;
  private long seenCallback;
  private long seenTraining;
  private long seenIterations;
  private long seenWaiting;
  private long seenParameters;
  private long seenFed;
  private int rung;
  private boolean saidThatMapsWait;

  Governor(
      Effort effort,
      Throttle throttle,
      double callbackBudget,
      double analysisBudget,
      Clock clock,
      Consumer<String> notes) {
    this.effort = effort;
    this.throttle = throttle;
    this.callbackBudget = callbackBudget;
    this.analysisBudget = analysisBudget;
    this.clock = clock;
    this.notes = notes;
    start = clock.nanos();
    changed = start;
    looked = start;
  }

  private static List<Level> ladder() {
    List<Level> ladder = new ArrayList<>(List.of(Level.FULL));
    for (int rows = 2; rows <= 8; rows *= 2) {
      ladder.add(new Level(rows, 1, 1));
    }
    for (int layers = 2; layers <= 4; layers *= 2) {
      ladder.add(new Level(8, layers, 1));
    }
    for (int factor = 2; factor <= 4096; factor *= 2) {
      ladder.add(new Level(8, 4, factor));
    }
    return List.copyOf(ladder);
  }

  /** Books CPU that numbers took. */
  void numbersTook(long cpuNanos) {
    numbers.add(clock.nanos(), (double) cpuNanos);
  }

  /** Books CPU that maps took. */
  void layoutTook(long cpuNanos) {
    layout.add(clock.nanos(), (double) cpuNanos);
  }

  /**
   * Whether a layout tick that is expected to take so long fits into what is left of the budget.
   *
   * @param early one of the first ten, which may take four times as much
   */
  boolean mayTick(long expectedNanos, boolean early) {
    long now = clock.nanos();
    double used = numbers.sum(now, MINUTE) + layout.sum(now, MINUTE) + expectedNanos;
    boolean fits = used <= analysisBudget * (early ? EARLY_CREDIT : 1) * spanNanos(now);
    if (!fits && !early && !saidThatMapsWait) {
      saidThatMapsWait = true;
      notes.accept(
          String.format(
              Locale.ROOT,
              "maps are drawn more rarely than samples come: analysis budget %.1f %% of a core",
              100 * analysisBudget));
    }
    return fits;
  }

  /**
   * What one layer's layout tick may take: what numbers leave of a second's budget, a tenth of it
   * at least. A layout that needs more does less in a tick.
   */
  float tickMillis() {
    long now = clock.nanos();
    double left = analysisBudget - numbers.sum(now, MINUTE) / spanNanos(now);
    return (float) (1000 * Math.max(analysisBudget / 10, left));
  }

  /** Looks at the budgets, once a second at most. */
  void look() {
    long now = clock.nanos();
    if (now - looked < SECOND) {
      return;
    }
    looked = now;
    absorb(now);
    long since = now - changed;
    int seconds = (int) Math.max(1, Math.min(MINUTE, since / SECOND));
    double callbackShare = ratio(callback.sum(now, seconds), training.sum(now, seconds));
    double numbersShare = numbers.sum(now, seconds) / (seconds * (double) SECOND);
    double worst = Math.max(callbackShare / callbackBudget, numbersShare / analysisBudget);
    if (worst > 1 && since >= (worst > 2 ? SETTLE_FAR_OFF : SETTLE) && rung < LADDER.size() - 1) {
      move(rung + 1, now, callbackShare, numbersShare);
    } else if (worst < ROOM && since >= MINUTE * SECOND && rung > 0) {
      move(rung - 1, now, callbackShare, numbersShare);
    }
  }

  private void absorb(long now) {
    long callbackNow = effort.callbackNanos();
    long trainingNow = effort.trainingNanos();
    long iterationsNow = effort.iterations();
    callback.add(now, (double) (callbackNow - seenCallback));
    training.add(now, (double) (trainingNow - seenTraining));
    iterations.add(now, (double) (iterationsNow - seenIterations));
    long waitingNow = effort.dataWaitNanos();
    long fedNow = effort.fedNanos();
    waiting.add(now, (double) (waitingNow - seenWaiting));
    fed.add(now, (double) (fedNow - seenFed));
    seenWaiting = waitingNow;
    long parametersNow = effort.parameterNanos();
    parameters.add(now, (double) (parametersNow - seenParameters));
    seenParameters = parametersNow;
    seenFed = fedNow;
    seenCallback = callbackNow;
    seenTraining = trainingNow;
    seenIterations = iterationsNow;
  }

  private void move(int next, long now, double callbackShare, double numbersShare) {
    String verb = next > rung ? "reads less" : "reads more";
    rung = next;
    changed = now;
    Level level = LADDER.get(next);
    throttle.set(level);
    notes.accept(
        String.format(
            Locale.ROOT,
            "governor %s: copying %.2f %% of training (budget %.2f %%), numbers %.1f %% of a core"
                + " (budget %.1f %%); now 1/%d of the rows, 1/%d of the layers, 1/%d of the iterations asked for",
            verb,
            100 * callbackShare,
            100 * callbackBudget,
            100 * numbersShare,
            100 * analysisBudget,
            level.rowDivisor(),
            level.layerDivisor(),
            level.iterationFactor()));
  }

  private long spanNanos(long now) {
    return Math.max(2 * SECOND, Math.min(MINUTE * SECOND, now - start));
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }

  // ------------------------------------------------------------ what is published

  /**
   * Of the training threads' CPU; of the warm-up as long as nothing else was measured, and NaN
   * before that.
   */
  double callbackShare() {
    long now = clock.nanos();
    absorb(now);
    double whole = training.sum(now, MINUTE);
    return whole > 0 ? callback.sum(now, MINUTE) / whole : effort.earlyShare();
  }

  /** Of one core. */
  double analysisShare() {
    long now = clock.nanos();
    return (numbers.sum(now, MINUTE) + layout.sum(now, MINUTE)) / spanNanos(now);
  }

  /** Of the wall time of trainings by an iterator; NaN where there is none. */
  double dataWaitShare() {
    long now = clock.nanos();
    absorb(now);
    double whole = fed.sum(now, MINUTE);
    return whole > 0 ? Math.min(1, waiting.sum(now, MINUTE) / whole) : Double.NaN;
  }

  /** CPU that parameters and gradients take, on all threads, of the training threads' CPU. */
  double gradientsShare() {
    long now = clock.nanos();
    absorb(now);
    return ratio(parameters.sum(now, MINUTE), training.sum(now, MINUTE));
  }

  /** Iterations per second over the last ten; NaN before the first look. */
  double iterationRate() {
    long now = clock.nanos();
    double seconds = Math.min(10, (looked - start) / (double) SECOND);
    double counted = iterations.sum(now, 11);
    return seconds < 1 || counted == 0 ? Double.NaN : counted / seconds;
  }
}
