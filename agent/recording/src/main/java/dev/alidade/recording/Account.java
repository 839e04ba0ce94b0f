package dev.alidade.recording;

import java.util.Map;

/**
 * What became of the frames offered to a {@link RecordingWriter}, at one instant. At all times
 * {@code offered = stored + queued + the sum of dropped}.
 *
 * @param offered calls of {@link RecordingWriter#offer}
 * @param stored committed to the file, resent ones included
 * @param resent of those stored, how many were in the file already and were not stored twice
 * @param queued accepted and not yet committed
 * @param queuedBytes size of the queued frames
 * @param dropped by reason: {@code queue_full}, {@code spool_full} (the size was reached and there
 *     was nothing left to thin), {@code disk} (the writer was closed while the disk refused them),
 *     {@code closed} (offered after close)
 * @param fileBytes what the recording uses of the file after the last commit; the file also has
 *     free pages, once there was thinning
 * @param failure why the last attempt to store failed; empty when it succeeded
 */
public record Account(
    long offered,
    long stored,
    long resent,
    long queued,
    long queuedBytes,
    Map<String, Long> dropped,
    long fileBytes,
    String failure) {
  public Account {
    dropped = Map.copyOf(dropped);
  }

  /** Sum over all reasons. */
  public long droppedTotal() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
