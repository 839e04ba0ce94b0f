package dev.alidade.recording;

import dev.alidade.wire.proto.Kind;
import java.util.List;

/** The two sorts of frames that are stored. */
public final class Kinds {
  /** Numbers of the kinds that may be taken out in between: pictures and what is as large. */
  static final List<Integer> CACHE =
      List.of(
          Kind.KIND_UNITS_VALUE,
          Kind.KIND_PICTURE_VALUE,
          Kind.KIND_OBSERVATIONS_VALUE,
          Kind.KIND_LAYOUTS_VALUE,
          Kind.KIND_FEATURES_VALUE);

  /** Numbers of the kinds that are complete: seq rises by one, or a gap says why not. */
  static final List<Integer> EVENTS =
      List.of(
          Kind.KIND_DESCRIPTION_VALUE,
          Kind.KIND_NUMBERS_VALUE,
          Kind.KIND_GAP_VALUE,
          Kind.KIND_NOTE_VALUE,
          Kind.KIND_END_VALUE);

  private Kinds() {}

  /** Whether frames of this kind are large and any of them can be done without. */
  public static boolean isCache(Kind kind) {
    return kind != Kind.UNRECOGNIZED && CACHE.contains(kind.getNumber());
  }
}
