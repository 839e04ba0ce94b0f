package dev.alidade.watch.rule;

/**
 * What a rule does when it fires.
 *
 * @param every of a burst: sample every so many iterations; 0 otherwise
 * @param iterations of a burst: for so many iterations; 0 otherwise
 */
public record RuleAction(Kind kind, int every, int iterations) {
  /** The actions there are. */
  public enum Kind {
    NOTIFY,
    SNAPSHOT,
    SAMPLE,
    CHECKPOINT,
    STOP
  }
}
