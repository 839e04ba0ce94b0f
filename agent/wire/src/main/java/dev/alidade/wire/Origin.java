package dev.alidade.wire;

/**
 * Where frames come from: one process of one worker of one run.
 *
 * @param incarnation wall-clock milliseconds at the start of the process; a training that resumes
 *     from a checkpoint is the same run in a new incarnation
 */
public record Origin(RunId run, int worker, long incarnation) {
  public Origin {
    if (worker < 0) {
      throw new IllegalArgumentException("worker must be at least 0: " + worker);
    }
  }
}
