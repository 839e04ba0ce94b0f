package dev.alidade.listener.capture;

import java.util.concurrent.atomic.LongAdder;

/** What the training threads spent, summed over all of them since the start. */
public final class Effort {
  private final LongAdder callbackNanos = new LongAdder();
  private final LongAdder trainingNanos = new LongAdder();
  private final LongAdder iterations = new LongAdder();

  /** Books one iteration, or several. */
  public void add(long callback, long training, long iterationCount) {
    callbackNanos.add(callback);
    trainingNanos.add(training);
    iterations.add(iterationCount);
  }

  /** Thread CPU inside our callbacks. */
  public long callbackNanos() {
    return callbackNanos.sum();
  }

  /** Thread CPU of whole iterations, ours included. */
  public long trainingNanos() {
    return trainingNanos.sum();
  }

  public long iterations() {
    return iterations.sum();
  }
}
