package dev.alidade.benchmarks;

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
 * Passes SameDiff's callbacks on and adds up the time inside them. There are hundreds in an
 * iteration, most of them a look at a name: asking the system for the thread's CPU time would take
 * longer than they do, so it is the wall's, without calls in which the thread was plainly put
 * aside.
 */
final class TimedGraphListener extends BaseListener {
  private static final long PUT_ASIDE_NANOS = 3_000_000;

  private final Listener inner;
  private long nanos;

  TimedGraphListener(Listener inner) {
    this.inner = inner;
  }

  /** Time inside the callbacks since the last call of this method. */
  long takeNanos() {
    long taken = nanos;
    nanos = 0;
    return taken;
  }

  private void timed(Runnable callback) {
    long before = System.nanoTime();
    callback.run();
    long took = System.nanoTime() - before;
    nanos += took < PUT_ASIDE_NANOS ? took : 0;
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
