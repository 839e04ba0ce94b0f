package dev.alidade.analysis.laws;

/**
 * A formula that a quantity is said to follow over a training.
 *
 * <p>Immutable and safe to share between threads; a fit depends on nothing but the samples.
 */
public interface Law {
  /** What the law is called on screen and in messages. */
  String name();

  /** What the samples say about the law: at most a few dozen milliseconds, see RATIONALE. */
  Fit fit(Samples samples);
}
