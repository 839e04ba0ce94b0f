package dev.alidade.listener.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training listener: one for any number of models and threads. Nothing that happens in it
 * reaches the training; a model whose watching fails is no longer watched.
 */
public final class CaptureListener extends BaseTrainingListener {
  private final Watch.Surroundings around;
  private final Supplier<String> backend;

  // Not static: it goes with its listener, and two listeners watch apart.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Watch> latest = new ThreadLocal<>();

  private final List<Watch> watches = new ArrayList<>();

  private volatile boolean refused;

  public CaptureListener(
      Intake intake,
      Throttle throttle,
      Effort effort,
      Failures failures,
      Consumer<String> notes,
      Clock clock,
      int every,
      int layerBytes) {
    this(
        new Watch.Surroundings(
            intake, throttle, effort, failures, notes, clock, every, layerBytes, null),
        Backend::executioner);
  }

  /**
   * A listener that also looks at a network with a probe.
   *
   * @param from a listener without one, not in use
   */
  public CaptureListener(CaptureListener from, @Nullable Probe probe) {
    this(from.around.with(probe), from.backend);
  }

  /**
   * A listener that also looks at parameters, gradients and updates.
   *
   * @param from a listener that does not, not in use
   */
  public static CaptureListener withGradients(CaptureListener from, boolean gradients) {
    return new CaptureListener(from.around.withGradients(gradients), from.backend);
  }

  CaptureListener(Watch.Surroundings around, Supplier<String> backend) {
    this.around = around;
    this.backend = backend;
  }

  Watch.Surroundings around() {
    return around;
  }

  Supplier<String> backend() {
    return backend;
  }

  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    guard(model, watch -> watch.forward(model, activations));
  }

  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    guard(model, watch -> watch.forward(model, activations));
  }

  @Override
  public void onBackwardPass(Model model) {
    guard(model, watch -> watch.backward(model));
  }

  @Override
  public void onGradientCalculation(Model model) {
    guard(model, watch -> watch.gradient(model));
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    guard(model, watch -> watch.done(model, iteration, epoch));
  }

  @Override
  public void onEpochStart(Model model) {
    guard(model, watch -> watch.epoch(true));
  }

  @Override
  public void onEpochEnd(Model model) {
    guard(model, watch -> watch.epoch(false));
  }

  private void guard(Model model, Consumer<Watch> step) {
    if (refused) {
      return;
    }
    Watch watch = null;
    try {
      watch = watch(model);
      if (watch != null) {
        step.accept(watch);
      }
    } catch (Throwable e) {
      around.failures().add("sampling", e, "this model is not watched any more");
      if (watch != null) {
        watch.disable();
      }
    }
  }

  /** The watch of a model; null for a kind of model that is not watched. */
  private @Nullable Watch watch(Model model) {
    Watch recent = latest.get();
    if (recent != null && recent.of(model)) {
      return recent;
    }
    if (!(model instanceof MultiLayerNetwork) && !(model instanceof ComputationGraph)) {
      return null;
    }
    Watch found = find(model);
    latest.set(found);
    return found;
  }

  /** By identity: a model's equals() compares parameters. */
  private @Nullable Watch find(Model model) {
    synchronized (watches) {
      watches.removeIf(Watch::collected);
      for (Watch watch : watches) {
        if (watch.of(model)) {
          return watch;
        }
      }
      refused |= watches.isEmpty() && refuses(backend.get());
      if (refused) {
        return null;
      }
      Watch made = new Watch(model, around);
      watches.add(made);
      return made;
    }
  }

  /** Says it once when memory is not the host's: raw addresses are never read then. */
  private boolean refuses(String executioner) {
    String refusal = Backend.refusal(executioner);
    if (!refusal.isEmpty()) {
      around.failures().add("watching", new UnreadableException(refusal), "nothing is watched");
      around.notes().accept("nothing is watched: " + refusal);
    }
    return !refusal.isEmpty();
  }
}
