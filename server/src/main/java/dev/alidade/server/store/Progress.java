package dev.alidade.server.store;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has come to: begun from the file, carried on frame by frame. A payload that does not
 * decode changes nothing: it is stored and shown as it is. Thread safe.
 */
final class Progress {
  private static final int MOST_SCORES = 100;
  private static final int MOST_ORIGINS = 1000;

  private final RunId id;
  private final List<Double> scores = new ArrayList<>();
  private final Map<Origin, Long> dropped = new HashMap<>();
  private String name;
  private long startedMillis;
  private long lastMillis;
  private long iteration;
  private int epoch;
  private double score = Double.NaN;
  private long samples;
  private long pictures;
  private int layers;
  private long scoreStride = 1;

  private Progress(RunId id, String name) {
    this.id = id;
    this.name = name;
  }

  /** Reads what a file holds: a few small queries and at most 100 frames. */
  static Progress of(RecordingReader reader) throws RecordingException {
    Progress progress = new Progress(reader.run(), reader.name());
    progress.startedMillis = millis(reader.meta().get("created_millis"));
    progress.lastMillis = progress.startedMillis;
    for (Kind kind : List.of(Kind.KIND_DESCRIPTION, Kind.KIND_PICTURE, Kind.KIND_END)) {
      reader.last(kind).ifPresent(progress::accept);
    }
    List<StoredFrame> sampled = reader.range(Kind.KIND_NUMBERS, 0, Long.MAX_VALUE, MOST_SCORES);
    sampled.forEach(progress::accept);
    reader.last(Kind.KIND_NUMBERS).ifPresent(frame -> progress.numbers(frame.frame(), false));
    progress.samples = reader.count(Kind.KIND_NUMBERS);
    progress.pictures = reader.count(Kind.KIND_PICTURE);
    progress.scoreStride = Math.max(1, progress.samples / Math.max(1, progress.scores.size()));
    return progress;
  }

  synchronized void accept(StoredFrame stored) {
    Frame frame = stored.frame();
    lastMillis = Math.max(lastMillis, frame.timeMillis());
    switch (frame.kind()) {
      case KIND_DESCRIPTION -> describe(frame);
      case KIND_NUMBERS -> numbers(frame, samples++ % scoreStride == 0);
      case KIND_PICTURE -> pictures++;
      default -> {}
    }
  }

  synchronized RunSummary summary(boolean live, long bytes) {
    long lost = dropped.values().stream().mapToLong(Long::longValue).sum();
    return new RunSummary(
        id,
        name,
        live,
        startedMillis,
        lastMillis,
        iteration,
        epoch,
        score,
        samples,
        pictures,
        layers,
        lost,
        bytes,
        scores);
  }

  private void describe(Frame frame) {
    try {
      Description description = frame.payload(Description.parser());
      layers = description.getLayersCount();
      name = name.isEmpty() ? description.getName() : name;
      long started = description.getStartedMillis();
      if (started > 0 && (startedMillis == 0 || started < startedMillis)) {
        startedMillis = started;
      }
    } catch (MalformedFrameException e) {
      // A stored payload is data: one that does not decode tells nothing.
    }
  }

  private synchronized void numbers(Frame frame, boolean sample) {
    try {
      Numbers numbers = frame.payload(Numbers.parser());
      iteration = Math.max(iteration, frame.iteration());
      epoch = numbers.getEpoch();
      score = numbers.getScore();
      long lost = numbers.getDroppedMap().values().stream().mapToLong(Long::longValue).sum();
      if (dropped.size() < MOST_ORIGINS) {
        dropped.put(frame.origin(), lost);
      }
      if (sample) {
        add(score);
      }
    } catch (MalformedFrameException e) {
      // As above.
    }
  }

  private void add(double value) {
    if (scores.size() == MOST_SCORES) {
      for (int i = 1; i <= scores.size() - 1; i++) {
        scores.remove(i);
      }
      scoreStride *= 2;
    }
    scores.add(value);
  }

  private static long millis(@org.jspecify.annotations.Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
