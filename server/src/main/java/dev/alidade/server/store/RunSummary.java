package dev.alidade.server.store;

import dev.alidade.wire.RunId;
import java.util.List;

/**
 * A run on one line of the list.
 *
 * @param live whether an agent is connected or was until just now
 * @param iteration highest that was sampled
 * @param samples how many Numbers there are
 * @param dropped samples that agents had to drop
 * @param bytes of its recording
 * @param scores at most 100, evenly spaced in the order of the log
 */
public record RunSummary(
    RunId id,
    String name,
    boolean live,
    long startedMillis,
    long lastMillis,
    long iteration,
    int epoch,
    double score,
    long samples,
    long pictures,
    int layers,
    long dropped,
    long bytes,
    List<Double> scores) {
  public RunSummary {
    scores = List.copyOf(scores);
  }

  RunSummary with(boolean isLive, long fileBytes) {
    return new RunSummary(
        id,
        name,
        isLive,
        startedMillis,
        lastMillis,
        iteration,
        epoch,
        score,
        samples,
        pictures,
        layers,
        dropped,
        fileBytes,
        scores);
  }
}
