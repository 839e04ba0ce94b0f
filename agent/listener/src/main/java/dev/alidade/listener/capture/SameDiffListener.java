package dev.alidade.listener.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The listener for {@code SameDiff.fit}: one for any number of graphs and threads. Nothing that
 * happens in it reaches the training; a graph whose watching fails is no longer watched.
 */
public final class SameDiffListener extends BaseListener {
  private final Watch.Surroundings around;
  private final Supplier<String> backend;
  private final List<VariablePattern> patterns;

  /** The watch of the iteration that a thread is in. Not static: it goes with its listener. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable SameDiffWatch> current = new ThreadLocal<>();

  private final List<SameDiffWatch> watches = new ArrayList<>();
  private volatile boolean refused;

  /**
   * @param with whose surroundings it shares
   * @param patterns the variables that are watched; the usual ones when there are none
   */
  public SameDiffListener(CaptureListener with, List<VariablePattern> patterns) {
    this(with.around(), with.backend(), patterns);
  }

  SameDiffListener(
      Watch.Surroundings around, Supplier<String> backend, List<VariablePattern> patterns) {
    this.around = around;
    this.backend = backend;
    this.patterns = List.copyOf(patterns);
  }

  @Override
  public boolean isActive(Operation operation) {
    return operation == Operation.TRAINING;
  }

  @Override
  public void iterationStart(SameDiff sd, At at, MultiDataSet data, long etlMs) {
    try {
      current.set(refused ? null : find(sd));
    } catch (Throwable e) {
      failed(e);
    }
    guard(watch -> watch.start(sd, at));
  }

  @Override
  public void activationAvailable(
      SameDiff sd, At at, MultiDataSet batch, SameDiffOp op, String varName, INDArray activation) {
    SameDiffWatch watch = current.get();
    if (watch != null && watch.sampling()) {
      guard(each -> each.available(op, varName, activation));
    }
  }

  @Override
  public void preUpdate(SameDiff sd, At at, Variable v, INDArray update) {
    guard(watch -> watch.stepping(v.getName()));
  }

  @Override
  public void iterationDone(SameDiff sd, At at, MultiDataSet dataSet, Loss loss) {
    guard(watch -> watch.done(at, dataSet, loss));
  }

  private void guard(Consumer<SameDiffWatch> step) {
    SameDiffWatch watch = current.get();
    if (watch == null) {
      return;
    }
    try {
      step.accept(watch);
    } catch (Throwable e) {
      failed(e);
      current.remove();
      try {
        watch.disable();
      } catch (Throwable again) {
        failed(again);
      }
    }
  }

  private void failed(Throwable e) {
    around.failures().add("sampling", e, "this graph is not watched any more");
  }

  private @Nullable SameDiffWatch find(SameDiff graph) {
    synchronized (watches) {
      watches.removeIf(SameDiffWatch::collected);
      for (SameDiffWatch watch : watches) {
        if (watch.of(graph)) {
          return watch;
        }
      }
      refused |= watches.isEmpty() && refuses(backend.get());
      if (refused) {
        return null;
      }
      SameDiffWatch made = new SameDiffWatch(graph, around, patterns);
      watches.add(made);
      return made;
    }
  }

  private boolean refuses(String executioner) {
    String refusal = Backend.refusal(executioner);
    if (!refusal.isEmpty()) {
      around.failures().add("watching", new UnreadableException(refusal), "nothing is watched");
      around.notes().accept("nothing is watched: " + refusal);
    }
    return !refusal.isEmpty();
  }
}
