package dev.alidade.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes every callback on and adds up the calling thread's CPU time inside them. */
final class TimedListener implements TrainingListener {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final TrainingListener inner;
  private long cpuNanos;

  TimedListener(TrainingListener inner) {
    this.inner = inner;
  }

  /** CPU time inside the callbacks since the last call of this method. */
  long takeCpuNanos() {
    long taken = cpuNanos;
    cpuNanos = 0;
    return taken;
  }

  private void timed(Runnable callback) {
    long before = THREADS.getCurrentThreadCpuTime();
    callback.run();
    cpuNanos += THREADS.getCurrentThreadCpuTime() - before;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    timed(() -> inner.iterationDone(model, iteration, epoch));
  }

  @Override
  public void onEpochStart(Model model) {
    timed(() -> inner.onEpochStart(model));
  }

  @Override
  public void onEpochEnd(Model model) {
    timed(() -> inner.onEpochEnd(model));
  }

  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    timed(() -> inner.onForwardPass(model, activations));
  }

  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    timed(() -> inner.onForwardPass(model, activations));
  }

  @Override
  public void onGradientCalculation(Model model) {
    timed(() -> inner.onGradientCalculation(model));
  }

  @Override
  public void onBackwardPass(Model model) {
    timed(() -> inner.onBackwardPass(model));
  }
}
