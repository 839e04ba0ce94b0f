package dev.alidade.listener;

import dev.alidade.analysis.Quantities;
import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.listener.capture.CaptureListener;
import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Effort;
import dev.alidade.listener.capture.Failures;
import dev.alidade.listener.capture.Intake;
import dev.alidade.listener.capture.Probe;
import dev.alidade.listener.capture.ProbeBatch;
import dev.alidade.listener.capture.SameDiffListener;
import dev.alidade.listener.capture.Throttle;
import dev.alidade.listener.pipeline.Analyst;
import dev.alidade.listener.pipeline.Keep;
import dev.alidade.listener.pipeline.UserGrouping;
import dev.alidade.listener.send.Uploader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Description;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Watches a training of Deeplearning4j: records it, and streams it when a server answers.
 *
 * <pre>{@code
 * try (var alidade = Alidade.builder().run("mnist-lenet").every(10).start()) {
 *   net.addListeners(alidade.listener());
 *   net.fit(train, epochs);
 * }
 * }</pre>
 *
 * <p>Never changes the training and never stops it: what fails is counted, logged once and switched
 * off. All methods may be called from any thread.
 */
public final class Alidade implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.alidade");
  private static final Duration ANALYSIS_LIMIT = Duration.ofSeconds(10);
  private static final TrainingListener IDLE = new BaseTrainingListener() {};
  private static final Listener IDLE_GRAPH =
      new BaseListener() {
        @Override
        public boolean isActive(Operation operation) {
          return false;
        }
      };

  /** What runs while a recording could be made. */
  private record Running(
      CaptureListener listener,
      SameDiffListener sameDiff,
      Intake intake,
      Analyst analyst,
      RecordingWriter writer,
      @Nullable Uploader uploader,
      Failures failures) {}

  private final @Nullable Running running;
  private final Duration drain;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable Thread hook;

  private Alidade(@Nullable Running running, Duration drain) {
    this.drain = drain;
    this.running = running;
  }

  /** Settings that differ from their defaults are given here. */
  public static Builder builder() {
    return new Builder();
  }

  /** To be added to any number of models. */
  public TrainingListener listener() {
    return running == null ? IDLE : running.listener();
  }

  /**
   * To be added to any number of SameDiff graphs, and active in their training only: {@code
   * sd.addListeners(alidade.sameDiffListener())}. While it listens, SameDiff's own reports of the
   * loss are right too, which without it are 0 unless the loss is evaluated.
   */
  public Listener sameDiffListener() {
    return running == null ? IDLE_GRAPH : running.sameDiff();
  }

  /** Adds a value to a series of one's own; the last one before a sample goes with it. */
  public void log(String name, double value) {
    if (running != null) {
      running.analyst().log(name, value);
    }
  }

  /** Puts a mark on the timeline. */
  public void note(String text) {
    if (running != null) {
      running.analyst().note(text, "user");
    }
  }

  /** How it is doing. */
  public Status status() {
    if (running == null) {
      return new Status(0, 0, 0, Map.of(), "off", 0);
    }
    Intake.Counts counts = running.intake().counts();
    return new Status(
        counts.offered(),
        counts.stored(),
        counts.inFlight(),
        counts.dropped(),
        running.uploader() == null ? "off" : running.uploader().state().toString(),
        running.failures().total());
  }

  /** The file that is written; empty when nothing is recorded. */
  public String recording() {
    return running == null ? "" : running.writer().file().toString();
  }

  /** Analyses and stores what waits, waits for the server a little, and ends the recording. */
  @Override
  public void close() {
    close("closed");
  }

  private void close(String reason) {
    if (running == null || !closed.compareAndSet(false, true)) {
      return;
    }
    try {
      forgetHook();
      running.analyst().close(reason, ANALYSIS_LIMIT);
      if (running.uploader() != null) {
        running.writer().flush(ANALYSIS_LIMIT);
        running.uploader().close(drain);
      }
      running.writer().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      running.failures().add("closing", e, "the recording may lack its end");
    }
  }

  private void forgetHook() {
    try {
      if (hook != null) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException e) {
      // The process is going down, and the hook is what runs now.
    }
  }

  /** Collects settings; each method is a setting of the same name. */
  public static final class Builder {
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final List<UserGrouping> groupings = new ArrayList<>();
    private @Nullable IntFunction<ProbeBatch> probe;

    private Builder() {}

    private Builder set(Setting key, Object value) {
      values.put(key, value.toString());
      return this;
    }

    /**
     * A setting by its name, for those who are given it as text.
     *
     * @throws IllegalArgumentException naming the settings there are, when it is none of them
     */
    public Builder set(String name, String value) {
      return set(Setting.named(name), value);
    }

    /** Name of the run, for people. */
    public Builder run(String name) {
      return set(Setting.RUN, name);
    }

    /** Samples every n-th iteration; the first one always. */
    public Builder every(int n) {
      return set(Setting.EVERY, n);
    }

    /** False: nothing is read, recorded or sent. */
    public Builder enabled(boolean enabled) {
      return set(Setting.ENABLED, enabled);
    }

    /** Where recordings are written. */
    public Builder folder(Path folder) {
      return set(Setting.FOLDER, folder);
    }

    /**
     * A recording, or the id of a run whose recording is in the {@link #folder}, that this training
     * continues from a checkpoint: the same run and file, one timeline.
     */
    public Builder resume(String recordingOrRunId) {
      return set(Setting.RESUME, recordingOrRunId);
    }

    /** Size of the recording; above, its pictures are thinned evenly. */
    public Builder mostRecordingBytes(long bytes) {
      return set(Setting.MOST_RECORDING_BYTES, bytes);
    }

    /** Address of the server; "none" records only. */
    public Builder server(String address) {
      return set(Setting.SERVER, address);
    }

    /** File with the ingest token. */
    public Builder tokens(Path file) {
      return set(Setting.TOKENS, file);
    }

    /** Watches parameters, gradients and updates of every array too. */
    public Builder gradients(boolean watch) {
      return set(Setting.GRADIENTS, watch);
    }

    /** True keeps all rows themselves, for export; false none, so that no layout is on demand. */
    public Builder observations(boolean keep) {
      return observations(keep ? "all" : "none");
    }

    /** "rare", a few rows a minute for layouts on demand; "all", for export; or "none". */
    public Builder observations(String which) {
      return set(Setting.OBSERVATIONS, which);
    }

    /**
     * Layouts that are computed slowly beside the live one: a method for all layers, or layers and
     * methods such as "dense2=umap,conv*=pca+pso". Methods are pca, som, graph, tsne, umap, pso and
     * each of the first five with +pso.
     */
    public Builder layout(String choice) {
      return set(Setting.LAYOUT, choice);
    }

    /** False: numbers only, no maps. */
    public Builder layouts(boolean draw) {
      return set(Setting.LAYOUTS, draw);
    }

    /** Most observations of a sample that a map learns from. */
    public Builder layoutRows(int rows) {
      return set(Setting.LAYOUT_ROWS, rows);
    }

    /** Share of the training threads' CPU for copying, as an average over a minute. */
    public Builder callbackBudget(double share) {
      return set(Setting.CALLBACK_BUDGET, share);
    }

    /** Share of one core for the analysis thread, as an average over a minute. */
    public Builder analysisBudget(double share) {
      return set(Setting.ANALYSIS_BUDGET, share);
    }

    /** Most bytes of samples, and of frames that wait for the disk. */
    public Builder memory(long bytes) {
      return set(Setting.MEMORY, bytes);
    }

    /** Most bytes copied of one layer; above, evenly strided rows. */
    public Builder layerBytes(int bytes) {
      return set(Setting.LAYER_BYTES, bytes);
    }

    /**
     * The variables of a SameDiff graph that are watched: names, names with {@code *} and {@code
     * ?}, or {@code type:} and an operation such as "type:softmax". Without it, the usual ones:
     * what activation functions give, attention weights, the sums that end a block, and the output.
     */
    public Builder variables(String... patterns) {
      return set(Setting.VARIABLES, String.join(",", patterns));
    }

    /** "normal", or "full": the recording is synchronised at every commit. */
    public Builder durability(String durability) {
      return set(Setting.DURABILITY, durability);
    }

    /** Most seconds that {@link Alidade#close} waits for the server. */
    public Builder drainSeconds(int seconds) {
      return set(Setting.DRAIN_SECONDS, seconds);
    }

    /**
     * A fixed batch, forwarded in inference mode beside the training as often as the analysis
     * budget allows; maps are then drawn from it and not from the training's own batches. At most
     * {@link #layoutRows} rows of it are used, evenly strided. Of several networks, the first one
     * trained is looked at.
     */
    public Builder probe(DataSet batch) {
      Objects.requireNonNull(batch, "probe must not be null");
      probe = rows -> ProbeBatch.of(batch, rows);
      return this;
    }

    /** A fixed batch for a ComputationGraph; groups are by its first labels. */
    public Builder probe(MultiDataSet batch) {
      Objects.requireNonNull(batch, "probe must not be null");
      probe = rows -> ProbeBatch.of(batch, rows);
      return this;
    }

    /**
     * Divides the probe's rows into groups of one's own, by an attribute say; every map then has
     * the profile of each.
     *
     * @param groupOfProbeRow index into {@code names} for each row of the probe; -1 for none
     */
    public Builder groups(String name, int[] groupOfProbeRow, String... names) {
      return groups(UserGrouping.ofProbeRows(name, groupOfProbeRow, List.of(names)));
    }

    /**
     * Divides the training's own examples into groups of classes.
     *
     * @param groupOfClass index into {@code names} for a class; -1 for none; called on the analysis
     *     thread
     */
    public Builder groups(String name, IntUnaryOperator groupOfClass, String... names) {
      return groups(UserGrouping.ofClasses(name, groupOfClass, List.of(names)));
    }

    private Builder groups(UserGrouping grouping) {
      if (groupings.stream().anyMatch(each -> each.isNamedAs(grouping))) {
        throw new IllegalArgumentException("groups must have different names: " + grouping);
      }
      groupings.add(grouping);
      return this;
    }

    /**
     * Starts. A recording that cannot be written is a warning, and the training goes on unwatched.
     *
     * @throws IllegalArgumentException on an unknown setting or a value that breaks its rule
     */
    public Alidade start() {
      Settings settings = Settings.of(values, System.getProperties(), System.getenv());
      if (!settings.enabled()) {
        LOG.log(Level.INFO, "alidade is off: enabled = false");
        return new Alidade(null, Duration.ZERO);
      }
      ProbeBatch batch = probe == null ? null : probe.apply(settings.layoutRows());
      groupings.forEach(each -> each.check(batch == null ? -1 : batch.rowsGiven()));
      return launch(
          settings,
          List.copyOf(groupings),
          batch == null || !(settings.layouts() || settings.observations() == Keep.ALL)
              ? null
              : new Probe(batch, settings.memoryBytes()));
    }
  }

  private static Alidade launch(
      Settings settings, List<UserGrouping> groupings, @Nullable Probe probe) {
    Begun begun;
    try {
      begun = Begun.of(settings);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "alidade is off, training goes on: " + e.getMessage());
      return new Alidade(null, Duration.ZERO);
    }
    RecordingWriter writer = begun.writer();
    Alidade alidade = new Alidade(wire(settings, groupings, probe, begun), settings.drain());
    alidade.hook = new Thread(() -> alidade.close("shutdown"), "alidade-shutdown");
    Runtime.getRuntime().addShutdownHook(alidade.hook);
    LOG.log(
        Level.INFO,
        "alidade watches: records to "
            + writer.file()
            + ", streams to "
            + settings.server().map(URI::toString).orElse("none")
            + ", settings "
            + settings.all());
    return alidade;
  }

  private static Running wire(
      Settings settings, List<UserGrouping> groupings, @Nullable Probe probe, Begun begun) {
    Origin origin = begun.origin();
    RecordingWriter writer = begun.writer();
    Failures failures = new Failures();
    Intake intake = new Intake(settings.memoryBytes());
    Throttle throttle = new Throttle();
    Effort effort = new Effort();
    Description constant =
        Description.newBuilder()
            .setName(begun.name())
            .setAgentVersion(Versions.agent())
            .setFramework("deeplearning4j " + Versions.framework())
            .setBackend(Versions.backend())
            .setEvery(settings.every())
            .putAllSettings(settings.all())
            .setStartedMillis(origin.incarnation())
            .build();
    Analyst analyst =
        new Analyst(
            new Analyst.Tools(intake, throttle, effort, failures, Clock.SYSTEM, writer, origin),
            new Analyst.Wishes(
                constant,
                quantities(probe != null, failures),
                settings.every(),
                settings.callbackBudget(),
                settings.analysisBudget(),
                settings.layouts(),
                settings.layoutRows(),
                settings.observations(),
                settings.layout(),
                groupings,
                probe));
    CaptureListener plain =
        new CaptureListener(
            intake,
            throttle,
            effort,
            failures,
            text -> analyst.note(text, "agent"),
            Clock.SYSTEM,
            settings.every(),
            settings.layerBytes());
    CaptureListener listener =
        CaptureListener.withGradients(new CaptureListener(plain, probe), settings.gradients());
    Uploader uploader =
        settings
            .server()
            .map(
                server ->
                    new Uploader.Route(
                        server, settings.tokens(), origin, Versions.agent(), settings.run()))
            .map(route -> new Uploader(route, writer, failures))
            .orElse(null);
    analyst.resumesAfter(begun.reachedBefore());
    analyst.start();
    if (uploader != null) {
      uploader.start();
    }
    SameDiffListener sameDiff = new SameDiffListener(plain, settings.variables());
    return new Running(listener, sameDiff, intake, analyst, writer, uploader, failures);
  }

  private static List<LayerQuantity> quantities(boolean probed, Failures failures) {
    List<LayerQuantity> all =
        new ArrayList<>(
            Quantities.layer(
                classLoader(), (name, e) -> failures.add("quantity " + name, e, "it is left out")));
    if (probed) {
      all.addAll(Quantities.probed());
    }
    return all;
  }

  /** Where a quantity of the user's own is found. */
  private static ClassLoader classLoader() {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    return own == null ? Alidade.class.getClassLoader() : own;
  }
}
