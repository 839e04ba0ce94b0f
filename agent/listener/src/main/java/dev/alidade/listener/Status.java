package dev.alidade.listener;

import java.util.Map;

/**
 * How an {@link Alidade} is doing, at one moment: at all times {@code offered = stored + inFlight +
 * the sum of dropped}.
 *
 * @param offered samples begun
 * @param stored samples whose numbers went into the recording
 * @param inFlight samples being read, waiting or being analysed
 * @param dropped samples by reason
 * @param server "streaming", "connecting", "refused", "off"
 * @param failures parts of the agent that failed, each counted every time
 */
public record Status(
    long offered,
    long stored,
    long inFlight,
    Map<String, Long> dropped,
    String server,
    long failures) {
  public Status {
    dropped = Map.copyOf(dropped);
  }

  /** Sum over all reasons. */
  public long droppedTotal() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
