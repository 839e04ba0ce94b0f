package dev.alidade.listener.pipeline;

import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.RunQuantity;
import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Effort;
import dev.alidade.listener.capture.Failures;
import dev.alidade.listener.capture.Intake;
import dev.alidade.listener.capture.Probe;
import dev.alidade.listener.capture.Rows;
import dev.alidade.listener.capture.Sample;
import dev.alidade.listener.capture.Throttle;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.End;
import dev.alidade.wire.proto.Gap;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.Layouts;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The analysis thread: turns samples into frames, and between samples works on maps. Numbers come
 * first; at most one layer's tick of a map comes between two samples.
 */
public final class Analyst {
  /** What it works with. */
  public record Tools(
      Intake intake,
      Throttle throttle,
      Effort effort,
      Failures failures,
      Clock clock,
      RecordingWriter writer,
      Origin origin) {}

  /** What was asked for; {@code constant} is what the description says before any layer is seen. */
  public record Wishes(
      Description constant,
      List<LayerQuantity> quantities,
      int every,
      double callbackBudget,
      double analysisBudget,
      boolean layouts,
      int layoutRows,
      Keep observations,
      LayoutChoice layout,
      List<UserGrouping> groupings,
      @Nullable Probe probe) {}

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LAST_PICTURE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_NOTES = 1024;
  private static final int EARLY_PICTURES = 10;

  private record Remark(String text, String source) {}

  private final Tools tools;
  private final Wishes wishes;
  private final Outbox outbox;
  private final RunQuantities runQuantities = new RunQuantities();
  private final Catalogue catalogue;
  private final Labels labels = new Labels();
  private final Groupings groupings;
  private final PictureDesk desk;
  private final ObservationShelf shelf;
  private final SlowLayouts slow;
  private final FeatureDesk features = new FeatureDesk();
  private final Governor governor;
  private final Prober prober;
  private final SlowTurns turns;
  private final ParameterDesk parameters = new ParameterDesk();
  private final FirstNonFinite firsts = new FirstNonFinite(text -> note(text, "agent"));
  private final BlockingQueue<Remark> remarks = new ArrayBlockingQueue<>(MOST_NOTES);
  private final Thread thread;
  private float[] scratch = {};
  private volatile String endReason = "";
  private long lastIteration;
  private volatile long reachedBefore = -1;
  private double tickNanos;
  private long pictureNanos;
  private double probeNanos;
  private boolean mapped;
  private @Nullable RuntimeException uncut;
  private long cpuMark;

  public Analyst(Tools tools, Wishes wishes) {
    this.tools = tools;
    this.wishes = wishes;
    outbox = new Outbox(tools.origin(), tools.writer(), tools.failures());
    catalogue = new Catalogue(wishes.quantities(), runQuantities, tools.failures());
    slow =
        new SlowLayouts(wishes.layout(), wishes.analysisBudget(), tools.clock(), tools.failures());
    groupings = new Groupings(wishes.groupings(), wishes.layoutRows(), tools.failures());
    desk = new PictureDesk(wishes.layoutRows(), groupings, tools.failures(), slow);
    shelf = new ObservationShelf(wishes.layoutRows(), wishes.observations());
    governor =
        new Governor(
            tools.effort(),
            tools.throttle(),
            wishes.callbackBudget(),
            wishes.analysisBudget(),
            tools.clock(),
            text -> note(text, "governor"));
    turns = new SlowTurns(wishes.analysisBudget());
    prober = new Prober(wishes.probe(), wishes.layoutRows(), desk, shelf, groupings);
    thread = new Thread(this::work, "alidade-analysis");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Says before it starts that an earlier process of the run has reached this iteration. */
  public void resumesAfter(long iteration) {
    reachedBefore = iteration;
  }

  /** The first sample shows where the training went on. */
  private void noteSeam(long iteration) {
    if (reachedBefore >= 0) {
      String again =
          iteration > reachedBefore
              ? ""
              : "; iterations %d to %d are trained again".formatted(iteration, reachedBefore);
      String text = "resumed at iteration %d, after %d".formatted(iteration, reachedBefore);
      note(text + again, "agent");
      reachedBefore = -1;
    }
  }

  /** Notes a mark on the timeline; from any thread; false when there are too many at once. */
  public boolean note(String text, String source) {
    return remarks.offer(new Remark(text, source));
  }

  /** Takes a value of the user's own series; from any thread. */
  public boolean log(String name, double value) {
    return runQuantities.log(name, value);
  }

  /**
   * Analyses what waits, says the end and returns, within a limit.
   *
   * @return false when the limit passed first
   */
  public boolean close(String reason, Duration limit) throws InterruptedException {
    endReason = reason;
    tools.intake().close();
    thread.join(Math.max(1, limit.toMillis()));
    return !thread.isAlive();
  }

  private void work() {
    cpuMark = tools.clock().cpuNanos();
    try {
      describe();
      while (endReason.isEmpty() || tools.intake().pressing()) {
        round();
      }
      finish();
    } catch (InterruptedException e) {
      // Only a process that goes down interrupts this thread.
    } catch (Throwable e) {
      tools.failures().add("analysis thread", e, "no further frames");
    }
  }

  private void round() throws InterruptedException {
    boolean drawing = wishes.layouts() && desk.busy() && mayTick();
    Sample sample = tools.intake().take(drawing ? 0 : IDLE_NANOS);
    try {
      if (sample != null) {
        analyse(sample);
      }
      governor.numbersTook(cpu());
      if (prober.pending()) {
        probe();
      }
      if (drawing) {
        draw();
      }
      askForProbe();
      housekeeping();
    } catch (RuntimeException e) {
      tools.failures().add("analysis", e, "this sample is lost");
    }
  }

  private boolean mayTick() {
    boolean early = desk.pictures() < EARLY_PICTURES;
    // A picture begun is finished, so that one slow layer cannot hide the others.
    return !desk.between() || governor.mayTick((long) tickNanos, early);
  }

  /** CPU of this thread since the last call. */
  private long cpu() {
    long now = tools.clock().cpuNanos();
    long spent = now - cpuMark;
    cpuMark = now;
    return spent;
  }

  // ------------------------------------------------------------------ numbers

  private void analyse(Sample sample) {
    String fate = Intake.FAILED;
    try {
      fate = frames(sample) ? "" : "writer_full";
    } finally {
      tools.intake().release(sample, fate);
    }
  }

  private boolean frames(Sample sample) {
    labels.read(sample.labels());
    Map<Integer, Track> tracks = catalogue.tracks(sample.network(), labels.count());
    groupings.read(sample, labels, tracks);
    Numbers.Builder numbers = Numbers.newBuilder();
    Units.Builder units = Units.newBuilder();
    mapped = prober.takes(sample, tracks);
    if (mapped) {
      desk.open(sample.seq(), sample.iteration(), sample.timeMillis());
      boolean room = wishes.observations() != Keep.RARE || governor.mayTick(0, true);
      shelf.open(tracks.values(), tools.clock().nanos(), room);
    } else {
      shelf.skip();
    }
    features.open(tools.clock().nanos());
    if (prober.pending()) {
      cut();
    }
    tracks.forEach(
        (index, track) -> {
          Rows rows = sample.layer(index);
          if (rows.present() && !track.off()) {
            layer(rows, track, sample.iteration(), numbers, units);
          }
        });
    parameters(sample, tracks, numbers);
    describeIfGrown();
    run(sample, tracks, numbers);
    long seq = sample.seq();
    long iteration = sample.iteration();
    long millis = sample.timeMillis();
    lastIteration = iteration;
    noteSeam(iteration);
    boolean accepted = outbox.offer(Kind.KIND_NUMBERS, seq, iteration, millis, numbers.build());
    outbox.offer(Kind.KIND_UNITS, seq, iteration, millis, units.build());
    if (features.made()) {
      outbox.offer(Kind.KIND_FEATURES, seq, iteration, millis, features.close());
    }
    if (shelf.isOpen() && !prober.pending()) {
      Observations observations = shelf.close(tools.clock().nanos());
      outbox.offer(Kind.KIND_OBSERVATIONS, seq, iteration, millis, observations);
    }
    return accepted;
  }

  private void layer(
      Rows rows, Track track, long iteration, Numbers.Builder numbers, Units.Builder units) {
    try {
      if (scratch.length < rows.elements()) {
        scratch = new float[rows.elements()];
      }
      rows.decode(scratch);
      track.accept(rows, scratch, labels.groups(track.layer(), rows, track.groups()), iteration);
      LayerNumbers said = numbers(track, rows);
      firsts.look(track.layer().name(), iteration, said);
      numbers.addLayers(said);
      units.addLayers(track.units());
      if (wishes.layouts()) {
        features.add(track, rows, scratch);
        if (mapped) {
          groupings.fold(track, rows, labels);
          desk.add(track);
        }
      }
      if (shelf.isOpen() && !prober.pending()) {
        governor.numbersTook(cpu());
        shelf.add(track);
        governor.layoutTook(cpu());
      }
    } catch (RuntimeException e) {
      track.switchOff();
      String name = track.layer().name();
      tools.failures().add("analysis of " + name, e, "the layer is not analysed");
      note("layer " + name + " is not analysed: " + e.getMessage(), "agent");
    } finally {
      track.analysis().release();
    }
  }

  private void parameters(Sample sample, Map<Integer, Track> tracks, Numbers.Builder numbers) {
    long start = tools.clock().cpuNanos();
    parameters.read(sample, tracks, numbers);
    tools.effort().addParameters(tools.clock().cpuNanos() - start);
  }

  private void cut() {
    governor.numbersTook(cpu());
    try {
      prober.cut(turns, tools.clock(), runQuantities);
    } catch (RuntimeException e) {
      uncut = e;
    }
    governor.layoutTook(cpu());
  }

  /** With the slow quantities when they are due; what these take is booked as maps' time is. */
  private LayerNumbers numbers(Track track, Rows rows) {
    String work = "quantities of " + track.index();
    if (!turns.due(work, tools.clock().nanos())) {
      return track.numbers(rows, false);
    }
    governor.numbersTook(cpu());
    LayerNumbers said = track.numbers(rows, true);
    long spent = cpu();
    turns.took(work, tools.clock().nanos(), spent);
    governor.layoutTook(spent);
    return said;
  }

  private void run(Sample sample, Map<Integer, Track> tracks, Numbers.Builder numbers) {
    int examples =
        tracks.isEmpty() ? 0 : sample.layer(tracks.keySet().iterator().next()).rowsPresent();
    double rate = governor.iterationRate();
    runQuantities.set(RunQuantity.ITERATION_RATE, rate);
    runQuantities.set(RunQuantity.EXAMPLE_RATE, rate * examples);
    runQuantities.set(RunQuantity.DATA_WAIT_SHARE, governor.dataWaitShare());
    runQuantities.set(RunQuantity.GRADIENTS_SHARE, governor.gradientsShare());
    runQuantities.set(RunQuantity.LEARNING_RATE, sample.learningRate());
    runQuantities.set(RunQuantity.CALLBACK_SHARE, governor.callbackShare());
    runQuantities.set(RunQuantity.ANALYSIS_SHARE, governor.analysisShare());
    runQuantities.set(RunQuantity.LAYOUT_TICK_SECONDS, tickNanos / 1e9);
    runQuantities.set(RunQuantity.QUEUE_DEPTH, (double) tools.intake().depth());
    runQuantities.set(
        RunQuantity.SAMPLING_INTERVAL,
        (double) wishes.every() * tools.throttle().level().iterationFactor());
    runQuantities.set(RunQuantity.AGENT_FAILURES, (double) tools.failures().total());
    Intake.Counts counts = tools.intake().counts();
    numbers
        .setEpoch(sample.epoch())
        .setScore(sample.score())
        .addAllRunValues(runQuantities.take(catalogue.announcedRunQuantities()))
        .putAllDropped(counts.dropped())
        .setOffered(counts.offered());
  }

  // ------------------------------------------------------------------ maps

  private void probe() {
    Prober.Seen sample = prober.seen();
    try {
      prober.look();
      // A batch that the model cannot take fails here too, and is said once.
      if (uncut != null) {
        tools.failures().add("sparsity of the probe", uncut, "this sample has none");
      }
      if (shelf.isOpen()) {
        outbox.offer(
            Kind.KIND_OBSERVATIONS,
            sample.seq(),
            sample.iteration(),
            sample.timeMillis(),
            shelf.close(tools.clock().nanos()));
      }
    } catch (RuntimeException e) {
      prober.switchOff();
      tools.failures().add("probe", e, "maps are drawn from training's own batches");
      note("the probe is off: " + e.getMessage(), "agent");
    }
    uncut = null;
    long spent = cpu();
    governor.layoutTook(spent);
    probeNanos = spent;
  }

  /** Maps wait for a probe, so one is asked for when there is room for both. */
  private void askForProbe() {
    if (!prober.idle() || (wishes.layouts() && desk.busy())) {
      return;
    }
    boolean early = desk.pictures() < EARLY_PICTURES;
    boolean copying = governor.callbackShare() > wishes.callbackBudget();
    if (!copying && governor.mayTick((long) (probeNanos + tickNanos), early)) {
      prober.want();
    }
  }

  private void draw() {
    desk.limit(governor.tickMillis());
    PictureDesk.Finished finished = desk.step();
    if (finished != null) {
      outbox.offer(
          Kind.KIND_PICTURE,
          finished.seq(),
          finished.iteration(),
          finished.timeMillis(),
          finished.picture());
    }
    long spent = cpu();
    governor.layoutTook(spent);
    pictureNanos += spent;
    if (finished != null) {
      tickNanos = pictureNanos;
      pictureNanos = 0;
    }
  }

  // ------------------------------------------------------------------ the rest

  private void housekeeping() {
    governor.look();
    governor.layoutTook(slow.spentNanos());
    Layouts layouts = slow.poll();
    if (layouts != null) {
      outbox.offer(Kind.KIND_LAYOUTS, slow.iteration(), tools.clock().epochMillis(), layouts);
    }
    for (Intake.Missing range : tools.intake().missing()) {
      Gap gap =
          Gap.newBuilder()
              .setFromSeq(range.fromSeq())
              .setToSeq(range.toSeq())
              .setReason(range.reason())
              .build();
      outbox.offer(Kind.KIND_GAP, lastIteration, tools.clock().epochMillis(), gap);
    }
    for (Remark remark = remarks.poll(); remark != null; remark = remarks.poll()) {
      Note note = Note.newBuilder().setText(remark.text()).setSource(remark.source()).build();
      outbox.offer(Kind.KIND_NOTE, lastIteration, tools.clock().epochMillis(), note);
    }
  }

  private void describeIfGrown() {
    boolean isDivided = groupings.hasGrown();
    boolean more = parameters.hasGrown();
    if (catalogue.hasGrown() || isDivided || more) {
      describe();
    }
  }

  private void describe() {
    outbox.offer(
        Kind.KIND_DESCRIPTION,
        lastIteration,
        tools.clock().epochMillis(),
        parameters.describe(groupings.describe(catalogue.describe(wishes.constant()))));
  }

  private void finish() {
    long deadline = tools.clock().nanos() + LAST_PICTURE_NANOS;
    while (wishes.layouts() && desk.busy() && tools.clock().nanos() < deadline) {
      draw();
    }
    slow.close();
    for (Map.Entry<String, Double> value : runQuantities.unsent().entrySet()) {
      note(value.getKey() + " = " + value.getValue(), "user");
    }
    housekeeping();
    outbox.offer(
        Kind.KIND_END,
        lastIteration,
        tools.clock().epochMillis(),
        End.newBuilder().setReason(endReason).build());
  }
}
