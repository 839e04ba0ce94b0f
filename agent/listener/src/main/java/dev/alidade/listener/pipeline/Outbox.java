package dev.alidade.listener.pipeline;

import com.google.protobuf.MessageLite;
import dev.alidade.listener.capture.Failures;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Kind;
import java.util.EnumMap;
import java.util.Map;

/** Makes frames and hands them to the recording. Belongs to the analysis thread. */
final class Outbox {
  private final Origin origin;
  private final RecordingWriter writer;
  private final Failures failures;
  private final Map<Kind, Long> seqs = new EnumMap<>(Kind.class);

  Outbox(Origin origin, RecordingWriter writer, Failures failures) {
    this.origin = origin;
    this.writer = writer;
    this.failures = failures;
  }

  /** Offers a message that has the number of its sample; false when it was dropped. */
  boolean offer(Kind kind, long seq, long iteration, long timeMillis, MessageLite message) {
    try {
      return writer.offer(Frame.encode(origin, kind, seq, iteration, timeMillis, message));
    } catch (RuntimeException e) {
      failures.add(kind.name(), e, "this frame is dropped");
      return false;
    }
  }

  /** Offers a message that has a number of its own. */
  boolean offer(Kind kind, long iteration, long timeMillis, MessageLite message) {
    return offer(kind, seqs.merge(kind, 1L, Long::sum), iteration, timeMillis, message);
  }
}
