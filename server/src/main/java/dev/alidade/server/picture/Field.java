package dev.alidade.server.picture;

/** What a map shows of its units. */
public sealed interface Field {

  /** The mean activation of the sample. */
  record Activity() implements Field {}

  /** The profile of a group: its mean less the mean over the groups. */
  record Group(int group) implements Field {}

  /** One group's profile less another's. */
  record Contrast(int plus, int minus) implements Field {}
}
