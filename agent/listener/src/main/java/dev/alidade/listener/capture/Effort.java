package dev.alidade.listener.capture;

import java.util.concurrent.atomic.LongAdder;

/** What the training threads spent, summed over all of them since the start. */
public final class Effort {
  private final LongAdder callbackNanos = new LongAdder();
  private final LongAdder trainingNanos = new LongAdder();
  private final LongAdder iterations = new LongAdder();
  private final LongAdder dataWaitNanos = new LongAdder();
  private final LongAdder fedNanos = new LongAdder();
  private final LongAdder parameterNanos = new LongAdder();
  private final LongAdder earlyCallbackNanos = new LongAdder();
  private final LongAdder earlyTrainingNanos = new LongAdder();

  /** Books one iteration, or several. */
  public void add(long callback, long training, long iterationCount) {
    callbackNanos.add(callback);
    trainingNanos.add(training);
    iterations.add(iterationCount);
  }

  /** Books an iteration of the warm-up: shown until there are others, never acted on. */
  public void addEarly(long callback, long training) {
    earlyCallbackNanos.add(callback);
    earlyTrainingNanos.add(training);
    iterations.increment();
  }

  /** Books an iteration that an iterator fed: how long it waited for data, of how long in all. */
  public void addFed(long waited, long all) {
    dataWaitNanos.add(waited);
    fedNanos.add(all);
  }

  /** Wall time that trainings by an iterator waited for it. */
  public long dataWaitNanos() {
    return dataWaitNanos.sum();
  }

  /** Wall time of trainings by an iterator. */
  public long fedNanos() {
    return fedNanos.sum();
  }

  /** Books CPU, of any thread, that parameters and gradients took; it is among the rest too. */
  public void addParameters(long nanos) {
    parameterNanos.add(nanos);
  }

  /** CPU of all threads that parameters and gradients took. */
  public long parameterNanos() {
    return parameterNanos.sum();
  }

  /** Our share of the training threads' CPU during the warm-up; NaN before any was measured. */
  public double earlyShare() {
    long training = earlyTrainingNanos.sum();
    return training > 0 ? (double) earlyCallbackNanos.sum() / training : Double.NaN;
  }

  /** Thread CPU inside our callbacks, the warm-up left out. */
  public long callbackNanos() {
    return callbackNanos.sum();
  }

  /** Thread CPU of whole iterations, ours included, the warm-up left out. */
  public long trainingNanos() {
    return trainingNanos.sum();
  }

  public long iterations() {
    return iterations.sum();
  }
}
