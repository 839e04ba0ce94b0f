package dev.alidade.listener.capture;

import java.util.concurrent.atomic.LongAdder;

/** What the training threads spent, summed over all of them since the start. */
public final class Effort {
  final LongAdder callbackNanos = new LongAdder();
  final LongAdder trainingNanos = new LongAdder();
  final LongAdder iterations = new LongAdder();

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
