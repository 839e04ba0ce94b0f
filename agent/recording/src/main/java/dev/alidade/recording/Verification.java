package dev.alidade.recording;

import dev.alidade.recording.Batch.Stream;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Gap;
import dev.alidade.wire.proto.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks a whole recording, frame by frame, and whether what is not there is accounted for. */
final class Verification {
  private static final int MOST_PROBLEMS = 100;
  private static final int PAGE = 1000;

  private final Query query;

  Verification(Query query) {
    this.query = query;
  }

  /** SQLite's own structures, then size, checksum and columns of every frame. */
  List<String> problems() throws RecordingException {
    List<String> problems =
        new ArrayList<>(query.rows("PRAGMA quick_check(10)", rows -> rows.getString(1)));
    problems.remove("ok");
    List<Long> page = List.of(0L);
    while (!page.isEmpty() && problems.size() < MOST_PROBLEMS) {
      page =
          query.numbers(
              "SELECT id FROM frame WHERE id > ? ORDER BY id LIMIT " + PAGE,
              page.get(page.size() - 1));
      for (long position : page) {
        try {
          query.only("WHERE id = ?", position);
        } catch (RecordingException e) {
          problems.add(String.valueOf(e.getMessage()));
        }
      }
    }
    return problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()));
  }

  private record Hole(Stream stream, long from, long to) {}

  /**
   * Ranges of seq of which no frame is there and no gap says why, in the kinds that are complete.
   */
  List<String> missing() throws RecordingException {
    List<Hole> explained = explained();
    Map<Stream, List<Hole>> missing = new LinkedHashMap<>();
    for (Hole hole : holes()) {
      boolean known =
          explained.stream()
              .anyMatch(
                  each ->
                      each.stream().equals(hole.stream())
                          && each.from() <= hole.from()
                          && each.to() >= hole.to());
      if (!known) {
        missing.computeIfAbsent(hole.stream(), none -> new ArrayList<>()).add(hole);
      }
    }
    return missing.entrySet().stream()
        .limit(MOST_PROBLEMS)
        .map(each -> text(each.getKey(), each.getValue()))
        .toList();
  }

  private static String text(Stream stream, List<Hole> holes) {
    Hole first = holes.get(0);
    Hole last = holes.get(holes.size() - 1);
    long frames = holes.stream().mapToLong(each -> each.to() - each.from() + 1).sum();
    String where =
        holes.size() == 1
            ? "seq %d to %d is missing".formatted(first.from(), first.to())
            : "%d frames between seq %d and %d are missing"
                .formatted(frames, first.from(), last.to());
    return "%s of worker %d, incarnation %d: %s and no gap says why"
        .formatted(name(stream.kind()), stream.worker(), stream.incarnation(), where);
  }

  private static String name(int kind) {
    Kind known = Kind.forNumber(kind);
    return known == null
        ? "kind " + kind
        : known.name().replaceFirst("KIND_", "").toLowerCase(Locale.ROOT);
  }

  private List<Hole> holes() throws RecordingException {
    List<Hole> holes = new ArrayList<>();
    for (int kind : Kinds.EVENTS) {
      // Of the index alone: no frame is read.
      holes.addAll(
          query.rows(
              """
              SELECT worker, incarnation, before + 1, seq - 1 FROM (
                SELECT worker, incarnation, seq, coalesce(lag(seq) OVER (
                  PARTITION BY worker, incarnation ORDER BY seq), 0) AS before
                FROM frame INDEXED BY sqlite_autoindex_frame_1 WHERE kind = ?)
              WHERE seq > before + 1 LIMIT 10000""",
              rows ->
                  new Hole(
                      new Stream(rows.getInt(1), rows.getLong(2), kind),
                      rows.getLong(3),
                      rows.getLong(4)),
              kind));
    }
    return holes;
  }

  /** From the table of this writer and from what the agent said; neighbours are joined. */
  private List<Hole> explained() throws RecordingException {
    List<Hole> all =
        new ArrayList<>(
            query.rows(
                "SELECT worker, incarnation, kind, from_seq, to_seq FROM gap LIMIT 100000",
                rows ->
                    new Hole(
                        new Stream(rows.getInt(1), rows.getLong(2), rows.getInt(3)),
                        rows.getLong(4),
                        rows.getLong(5))));
    List<StoredFrame> page = List.of();
    do {
      long after = page.isEmpty() ? 0 : page.get(page.size() - 1).position();
      page =
          query.frames(
              "WHERE id > ? AND kind = ? ORDER BY id LIMIT " + PAGE,
              Long.MAX_VALUE,
              after,
              Kind.KIND_GAP_VALUE);
      for (StoredFrame each : page) {
        all.add(said(each));
      }
    } while (!page.isEmpty());
    return joined(all);
  }

  private static Hole said(StoredFrame stored) {
    Stream own = Stream.of(stored.frame());
    try {
      Gap gap = stored.frame().payload(Gap.parser());
      int kind =
          gap.getKind() == Kind.KIND_UNSPECIFIED ? Kind.KIND_NUMBERS_VALUE : gap.getKindValue();
      Stream of = new Stream(own.worker(), own.incarnation(), kind);
      return new Hole(of, gap.getFromSeq(), gap.getToSeq());
    } catch (MalformedFrameException e) {
      return new Hole(own, 0, 0);
    }
  }

  private static List<Hole> joined(List<Hole> all) {
    List<Hole> sorted = new ArrayList<>(all);
    sorted.sort(
        java.util.Comparator.comparing((Hole each) -> each.stream().toString())
            .thenComparingLong(Hole::from));
    List<Hole> joined = new ArrayList<>();
    for (Hole each : sorted) {
      Hole last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last.stream().equals(each.stream()) && each.from() <= last.to() + 1) {
        joined.set(
            joined.size() - 1,
            new Hole(last.stream(), last.from(), Math.max(last.to(), each.to())));
      } else {
        joined.add(each);
      }
    }
    return joined;
  }
}
