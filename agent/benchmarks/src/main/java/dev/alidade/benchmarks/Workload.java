package dev.alidade.benchmarks;

/** A training on a few batches, always the same. */
interface Workload {
  /** What the table calls it. */
  String name();

  /** Lets a contender watch from now on, and no other. */
  void watchedBy(Contender contender);

  /** Trains for so many iterations, beginning with the first batch. */
  void train(int iterations);
}
