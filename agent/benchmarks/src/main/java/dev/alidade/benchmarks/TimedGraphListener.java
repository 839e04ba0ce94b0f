package dev.alidade.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Passes SameDiff's callbacks on and adds up the calling thread's CPU time inside them. There are
 * hundreds in an iteration, so what reading the clock takes by itself is taken off.
 */
final class TimedGraphListener extends BaseListener {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int CALIBRATION = 100_000;

  private final Listener inner;
  private final double clockNanos;
  private double cpuNanos;

  TimedGraphListener(Listener inner) {
    this.inner = inner;
    timed(() -> {}, CALIBRATION);
    cpuNanos = 0;
    timed(() -> {}, CALIBRATION);
    clockNanos = cpuNanos / CALIBRATION;
    cpuNanos = 0;
  }

  private void timed(Runnable callback, int times) {
    for (int i = 0; i < times; i++) {
      timed(callback);
    }
  }

  /** CPU time inside the callbacks since the last call of this method. */
  long takeCpuNanos() {
    double taken = cpuNanos;
    cpuNanos = 0;
    return (long) taken;
  }

  private void timed(Runnable callback) {
    long before = THREADS.getCurrentThreadCpuTime();
    callback.run();
    cpuNanos += THREADS.getCurrentThreadCpuTime() - before - clockNanos;
  }

  @Override
  public boolean isActive(Operation operation) {
    return inner.isActive(operation);
  }

  @Override
  public void iterationStart(SameDiff sd, At at, MultiDataSet data, long etlMs) {
    timed(() -> inner.iterationStart(sd, at, data, etlMs));
  }

  @Override
  public void iterationDone(SameDiff sd, At at, MultiDataSet dataSet, Loss loss) {
    timed(() -> inner.iterationDone(sd, at, dataSet, loss));
  }

  @Override
  public void activationAvailable(
      SameDiff sd, At at, MultiDataSet batch, SameDiffOp op, String varName, INDArray activation) {
    timed(() -> inner.activationAvailable(sd, at, batch, op, varName, activation));
  }

  @Override
  public void preUpdate(SameDiff sd, At at, Variable v, INDArray update) {
    timed(() -> inner.preUpdate(sd, at, v, update));
  }
}
