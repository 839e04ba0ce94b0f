package dev.alidade.listener.capture;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One model in training: assembles its samples from the three callbacks of an iteration. Touched
 * only by the thread that trains the model.
 */
final class Watch {
  /** First samples load classes and build the description; they are no measure of the rest. */
  private static final int WARM_UP_SAMPLES = 20;

  /** What all watches share. */
  record Surroundings(
      Intake intake,
      Throttle throttle,
      Effort effort,
      Failures failures,
      Consumer<String> notes,
      Clock clock,
      int every,
      int layerBytes,
      @Nullable Probe probe,
      boolean gradients) {
    Surroundings(
        Intake intake,
        Throttle throttle,
        Effort effort,
        Failures failures,
        Consumer<String> notes,
        Clock clock,
        int every,
        int layerBytes,
        @Nullable Probe probe) {
      this(intake, throttle, effort, failures, notes, clock, every, layerBytes, probe, false);
    }

    Surroundings with(@Nullable Probe other) {
      return new Surroundings(
          intake, throttle, effort, failures, notes, clock, every, layerBytes, other, gradients);
    }

    Surroundings withGradients(boolean wanted) {
      return new Surroundings(
          intake, throttle, effort, failures, notes, clock, every, layerBytes, probe, wanted);
    }
  }

  private final WeakReference<Model> model;
  private final Subject subject;
  private final Surroundings around;
  private final RowCopier copier = new RowCopier();
  private @Nullable ParameterCopier parameters;
  private boolean parametersOff;
  private final boolean[] off;
  private final boolean[] postDropout;
  private final long[][] shapes;
  private @Nullable Network network;
  private @Nullable Sample pending;
  private boolean first = true;
  private int samples;
  private boolean broken;
  private long callbackNanos;
  private long iterationStart = -1;
  private long wallStart = -1;

  /** Within an epoch, which only {@code fit(iterator)} has. */
  private boolean fed;

  private @Nullable Thread trainer;

  Watch(Model model, Surroundings around) {
    this.model = new WeakReference<>(model);
    this.subject = Subject.of(model);
    this.around = around;
    this.off = new boolean[subject.size()];
    this.postDropout = new boolean[subject.size()];
    this.shapes = new long[subject.size()][];
    this.parametersOff = !around.gradients();
  }

  boolean of(Model candidate) {
    return model.get() == candidate;
  }

  boolean collected() {
    return model.get() == null;
  }

  /** Copies every layer that the forward pass hands over, when this iteration is to be sampled. */
  void forward(Model trained, Object handed) {
    if (broken) {
      return;
    }
    giveUp(Intake.INCOMPLETE);
    long iteration = subject.iteration(trained);
    Throttle.Level level = around.throttle().level();
    if (!first && iteration % ((long) around.every() * level.iterationFactor()) != 0) {
      return;
    }
    long start = around.clock().cpuNanos();
    first = false;
    Sample sample = around.intake().begin();
    if (sample != null) {
      pending = sample;
      sample.begin(subject.size(), iteration);
      probe(trained, sample);
      for (int i = 0; i < subject.size(); i++) {
        INDArray activation = subject.activation(handed, i);
        if (activation != null && !subject.plans.get(i).output() && !skipped(i, level)) {
          if (network == null) {
            postDropout[i] = subject.droppedInPlace(trained, handed, i, activation);
          }
          read(activation, i, level, sample);
        }
      }
    }
    callbackNanos += around.clock().cpuNanos() - start;
  }

  /** The parameters are those that this very pass was made with. */
  private void probe(Model trained, Sample sample) {
    Probe probe = around.probe();
    if (probe == null) {
      return;
    }
    try {
      sample.probeTicket = probe.offer(trained, subject, sample.iteration());
    } catch (RuntimeException e) {
      around.failures().add("probe", e, "maps are drawn from training's own batches");
      around.notes().accept("the probe is off: " + e.getMessage());
    }
  }

  /** Adds the output layers, which a forward pass does not hand over, and the labels. */
  void backward(Model trained) {
    Sample sample = pending;
    if (sample == null || broken) {
      return;
    }
    long start = around.clock().cpuNanos();
    Throttle.Level level = around.throttle().level();
    for (int i = 0; i < subject.size(); i++) {
      Layer layer = subject.plans.get(i).output() ? subject.layer(trained, i) : null;
      if (layer != null && !skipped(i, level)) {
        readOutput(layer, i, level, sample);
      }
    }
    INDArray labels = subject.labels(trained);
    if (labels != null && labels.rank() >= 2 && labels.rank() <= 3) {
      copier.copy(labels, 1, around.layerBytes(), sample.labels());
    }
    callbackNanos += around.clock().cpuNanos() - start;
  }

  /** Copies the gradients, and the parameters that they were made with. */
  void gradient(Model trained) {
    Sample sample = pending;
    if (sample == null || broken || parametersOff) {
      return;
    }
    parameters(
        () -> {
          if (parameters == null) {
            parameters = new ParameterCopier(trained, subject);
          }
          parameters.beforeStep(
              trained, sample.parameters(), around.throttle().level().rowDivisor());
        });
  }

  private void update(Model trained, Sample sample) {
    ParameterCopier copier = parameters;
    if (copier != null && !parametersOff) {
      parameters(() -> copier.afterStep(trained, sample.parameters()));
    }
  }

  private void parameters(Runnable step) {
    long start = around.clock().cpuNanos();
    try {
      step.run();
    } catch (RuntimeException e) {
      parametersOff = true;
      around.failures().add("gradients", e, "they are not watched");
      around.notes().accept("gradients are not watched: " + e.getMessage());
    }
    long spent = around.clock().cpuNanos() - start;
    callbackNanos += spent;
    around.effort().addParameters(spent);
  }

  /** Completes the sample of exactly this iteration and hands it over. */
  void done(Model trained, int iteration, int epoch) {
    if (broken) {
      return;
    }
    long now = around.clock().cpuNanos();
    accountForData(trained);
    Sample sample = pending;
    if (sample == null || sample.iteration() != iteration) {
      giveUp(Intake.INCOMPLETE);
      account(now);
    } else {
      update(trained, sample);
      now = around.clock().cpuNanos();
      if (network == null) {
        network = describe(sample);
      }
      sample.network = network;
      sample.epoch = epoch;
      sample.score = trained.score();
      sample.learningRate = subject.learningRate(trained, iteration, epoch);
      sample.timeMillis = around.clock().epochMillis();
      samples++;
      // First, so that this sample can already say what its iteration cost.
      account(now);
      pending = null;
      around.intake().put(sample);
      callbackNanos += around.clock().cpuNanos() - iterationStart;
    }
  }

  /** Switches this model's sampling off for good. */
  void disable() {
    broken = true;
    giveUp(Intake.FAILED);
  }

  private void giveUp(String reason) {
    if (pending != null) {
      around.intake().abandon(pending, reason);
      pending = null;
    }
  }

  private boolean skipped(int layer, Throttle.Level level) {
    return off[layer] || (network != null && (layer + samples) % level.layerDivisor() != 0);
  }

  private void read(INDArray activation, int index, Throttle.Level level, Sample sample) {
    Rows rows = sample.layer(index);
    try {
      long most = Math.min(around.layerBytes(), around.intake().mostSampleBytes() / subject.size());
      int unitAxis = subject.plans.get(index).unitAxis(activation.rank());
      copier.copy(activation, unitAxis, Math.max(1024, most / level.rowDivisor()), rows);
      if (network == null) {
        shapes[index] = activation.shape().clone();
      } else if (rows.units() != network.layers().get(index).units()) {
        throw new UnreadableException(
            "units must stay " + network.layers().get(index).units() + ": " + rows.units());
      }
    } catch (RuntimeException e) {
      rows.clear();
      off[index] = true;
      String name = subject.plans.get(index).name();
      around.failures().add("layer " + name, e, "it is not watched");
      around.notes().accept("layer " + name + " is not watched: " + e.getMessage());
    }
  }

  /**
   * Computes an output layer's activation once more from what the iteration left in it: its input,
   * dropout already applied and marked as such, and its noisy weights, kept until after this
   * callback. Should an activation function draw random numbers all the same, the generator is put
   * back.
   */
  private void readOutput(Layer layer, int index, Throttle.Level level, Sample sample) {
    Random random = Nd4j.getRandom();
    long root = random.rootState();
    long node = random.nodeState();
    try {
      INDArray activation = layer.activate(true, LayerWorkspaceMgr.noWorkspaces());
      read(activation, index, level, sample);
    } catch (RuntimeException e) {
      off[index] = true;
      around.failures().add("output " + subject.plans.get(index).name(), e, "it is not watched");
    } finally {
      if (random.rootState() != root || random.nodeState() != node) {
        random.setStates(root, node);
      }
    }
  }

  private Network describe(Sample sample) {
    List<LayerInfo> layers = new ArrayList<>();
    for (int i = 0; i < subject.size(); i++) {
      Rows rows = sample.layer(i);
      long[] shape = shapes[i] == null ? new long[] {0, 0} : shapes[i];
      layers.add(
          new LayerInfo(
              subject.plans.get(i),
              subject.inputs.get(i),
              postDropout[i],
              rows.present() ? rows.units() : 0,
              shape));
    }
    Arrays.fill(shapes, null);
    return new Network(subject.kind(), layers, parameters == null ? List.of() : parameters.infos());
  }

  /** An epoch begins or ends: between these, an iterator gives the batches. */
  void epoch(boolean begins) {
    fed = begins;
    wallStart = -1;
  }

  /** The wait for this iteration's batch lies within the time since the last iteration. */
  private void accountForData(Model trained) {
    if (fed) {
      long now = around.clock().nanos();
      if (wallStart >= 0) {
        long all = now - wallStart;
        long waited = TimeUnit.MILLISECONDS.toNanos(subject.dataWaitMillis(trained));
        around.effort().addFed(Math.max(0, waited), all);
      }
      wallStart = now;
    }
  }

  /** Books this iteration's thread CPU, ours and all. */
  private void account(long callbackStart) {
    long now = around.clock().cpuNanos();
    callbackNanos += now - callbackStart;
    Thread current = Thread.currentThread();
    boolean measured = trainer == current && iterationStart >= 0;
    if (!measured) {
      around.effort().add(0, 0, 1);
    } else if (samples > WARM_UP_SAMPLES) {
      around.effort().add(callbackNanos, now - iterationStart, 1);
    } else {
      around.effort().addEarly(callbackNanos, now - iterationStart);
    }
    trainer = current;
    iterationStart = now;
    callbackNanos = 0;
  }
}
