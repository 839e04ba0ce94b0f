package dev.alidade.listener.pipeline;

import com.google.protobuf.MessageLite;
import dev.alidade.listener.capture.Failures;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Gap;
import dev.alidade.wire.proto.Kind;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes frames and hands them to the recording. Belongs to the analysis thread.
 *
 * <p>A frame that the recording cannot take becomes part of a gap, which is said as soon as it
 * takes one of that kind again, or at the end: so the server learns of it too, and not only the
 * recording's own table. Numbers that are refused are said as samples, by who counts those.
 */
final class Outbox {
  private record Loss(Kind kind, String reason) {}

  private final Origin origin;
  private final RecordingWriter writer;
  private final Failures failures;
  private final Map<Kind, Long> seqs = new EnumMap<>(Kind.class);
  private final Map<Loss, Gap> losses = new LinkedHashMap<>(); // guarded by itself

  Outbox(Origin origin, RecordingWriter writer, Failures failures) {
    this.origin = origin;
    this.writer = writer;
    this.failures = failures;
    writer.onDrop(this::lose);
  }

  /** Offers a message that has the number of its sample; false when it was dropped. */
  boolean offer(Kind kind, long seq, long iteration, long timeMillis, MessageLite message) {
    if (kind == Kind.KIND_END) {
      sayLosses(null, iteration, timeMillis);
    }
    boolean accepted = encodeAndOffer(kind, seq, iteration, timeMillis, message);
    if (accepted) {
      sayLosses(kind, iteration, timeMillis);
    }
    return accepted;
  }

  private boolean encodeAndOffer(
      Kind kind, long seq, long iteration, long timeMillis, MessageLite message) {
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

  private void lose(Frame frame, String reason) {
    if (frame.kind() == Kind.KIND_NUMBERS || frame.kind() == Kind.KIND_GAP) {
      return;
    }
    Gap one =
        Gap.newBuilder()
            .setFromSeq(frame.seq())
            .setToSeq(frame.seq())
            .setReason(reason)
            .setKind(frame.kind())
            .setFrames(1)
            .build();
    synchronized (losses) {
      losses.merge(new Loss(frame.kind(), reason), one, Outbox::joined);
    }
  }

  private static Gap joined(Gap a, Gap b) {
    return a.toBuilder()
        .setFromSeq(Math.min(a.getFromSeq(), b.getFromSeq()))
        .setToSeq(Math.max(a.getToSeq(), b.getToSeq()))
        .setFrames(a.getFrames() + b.getFrames())
        .build();
  }

  /** Of one kind, or of all; a gap that is refused itself is said later, under the same number. */
  private void sayLosses(
      @org.jspecify.annotations.Nullable Kind kind, long iteration, long millis) {
    synchronized (losses) {
      for (Iterator<Map.Entry<Loss, Gap>> all = losses.entrySet().iterator(); all.hasNext(); ) {
        Map.Entry<Loss, Gap> each = all.next();
        if (kind == null || each.getKey().kind() == kind) {
          long seq = seqs.getOrDefault(Kind.KIND_GAP, 0L) + 1;
          if (!encodeAndOffer(Kind.KIND_GAP, seq, iteration, millis, each.getValue())) {
            return;
          }
          seqs.put(Kind.KIND_GAP, seq);
          all.remove();
        }
      }
    }
  }
}
