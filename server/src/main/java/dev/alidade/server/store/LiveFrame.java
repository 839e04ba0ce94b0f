package dev.alidade.server.store;

import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Kind;
import io.vertx.core.buffer.Buffer;

/**
 * A committed frame on its way to viewers: one buffer that all of them share.
 *
 * @param content the envelope's bytes; not to be written to
 */
public record LiveFrame(long position, int worker, Kind kind, Buffer content) {
  public static LiveFrame of(StoredFrame stored) {
    return new LiveFrame(
        stored.position(),
        stored.frame().origin().worker(),
        stored.frame().kind(),
        Buffer.buffer(stored.frame().bytes()));
  }

  /** Whether every viewer gets it, in order. */
  public boolean isEvent() {
    return switch (kind) {
      case KIND_DESCRIPTION, KIND_NUMBERS, KIND_GAP, KIND_NOTE, KIND_ALERT, KIND_END -> true;
      default -> false;
    };
  }

  /** Whether only the newest of its worker and kind matters. */
  public boolean isCache() {
    return switch (kind) {
      case KIND_UNITS, KIND_PICTURE, KIND_LAYOUTS, KIND_FEATURES -> true;
      default -> false;
    };
  }

  public Slot slot() {
    return new Slot(worker, kind);
  }

  /** The place of which only the newest frame matters. */
  public record Slot(int worker, Kind kind) {}
}
