package dev.alidade.server.http;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.server.laws.LawBook;
import dev.alidade.server.store.RunSummary;
import dev.alidade.server.store.Runs;
import dev.alidade.wire.Frame;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs and their moments. */
final class RunsApi {
  private static final int MOST_FRAMES = 10_000;
  private static final long MOST_BYTES = 64L << 20;
  private static final List<Kind> MOMENT =
      List.of(
          Kind.KIND_DESCRIPTION,
          Kind.KIND_NUMBERS,
          Kind.KIND_UNITS,
          Kind.KIND_PICTURE,
          Kind.KIND_LAYOUTS,
          Kind.KIND_FEATURES);

  private record Frames(Buffer content, long position) {}

  private final Runs runs;
  private final LawBook laws;

  RunsApi(Runs runs, LawBook laws) {
    this.runs = runs;
    this.laws = laws;
  }

  /** What the laws say of every layer. */
  void laws(RoutingContext context) {
    answer(context, laws.of(run(context)), json -> Replies.json(context, 200, json));
  }

  void list(RoutingContext context) {
    answer(
        context,
        runs.list(),
        all -> {
          JsonArray array = new JsonArray();
          all.forEach(summary -> array.add(json(summary)));
          Replies.json(context, 200, array.encode());
        });
  }

  void show(RoutingContext context) {
    answer(
        context, runs.summary(run(context)), it -> Replies.json(context, 200, json(it).encode()));
  }

  void delete(RoutingContext context) {
    answer(context, runs.delete(run(context)), done -> Replies.json(context, 200, "{}"));
  }

  void restore(RoutingContext context) {
    answer(context, runs.restore(run(context)), done -> Replies.json(context, 200, "{}"));
  }

  /** Frames of one kind, evenly spaced when there are more than asked for. */
  void frames(RoutingContext context) {
    Kind kind = kind(context.request().getParam("kind"));
    long from = number(context, "from", 0, Long.MAX_VALUE, 0);
    long to = number(context, "to", 0, Long.MAX_VALUE, Long.MAX_VALUE);
    int most = (int) number(context, "most", 1, MOST_FRAMES, 2000);
    int worker = worker(context);
    answer(
        context,
        runs.read(
            run(context),
            reader -> {
              // First, so that whoever subscribes after it misses nothing and gets nothing twice.
              long position = reader.lastPosition();
              List<StoredFrame> found = reader.range(kind, worker, from, to, most, MOST_BYTES);
              found.removeIf(frame -> frame.position() > position);
              return new Frames(delimited(found), position);
            }),
        frames -> send(context, frames));
  }

  /** What was to be seen at an iteration. */
  void moment(RoutingContext context) {
    long iteration = number(context, "iteration", 0, Long.MAX_VALUE, Long.MAX_VALUE);
    int worker = worker(context);
    answer(
        context,
        runs.read(run(context), reader -> moment(reader, worker, iteration)),
        frames -> send(context, frames));
  }

  private static Frames moment(RecordingReader reader, int worker, long iteration)
      throws Exception {
    long position = reader.lastPosition();
    List<StoredFrame> found = new ArrayList<>();
    for (Kind kind : MOMENT) {
      reader.latest(kind, worker, iteration).ifPresent(found::add);
    }
    return new Frames(delimited(found), position);
  }

  /** The history of one unit. */
  void unit(RoutingContext context) {
    String layer = context.pathParam("layer");
    int unit = (int) natural("unit", context.pathParam("unit"));
    int most = (int) number(context, "most", 1, 2000, 400);
    answer(
        context,
        runs.read(run(context), reader -> UnitHistory.read(reader, layer, unit, most)),
        history -> Replies.json(context, 200, history.encode()));
  }

  // ------------------------------------------------------------------ parameters

  private static RunId run(RoutingContext context) {
    return new RunId(context.pathParam("run"));
  }

  /** Every worker unless one is asked for. */
  private static int worker(RoutingContext context) {
    return (int) number(context, "worker", 0, Integer.MAX_VALUE, RecordingReader.EVERY_WORKER);
  }

  private static Kind kind(@Nullable String asked) {
    String name = String.valueOf(asked);
    return switch (name) {
      case "numbers",
          "units",
          "picture",
          "layouts",
          "features",
          "description",
          "note",
          "gap",
          "end" ->
          Kind.valueOf("KIND_" + name.toUpperCase(Locale.ROOT));
      default ->
          throw new IllegalArgumentException(
              "kind must be one of numbers, units, picture, layouts, features, description, note,"
                  + " gap, end: "
                  + name);
    };
  }

  private static long number(
      RoutingContext context, String name, long least, long most, long otherwise) {
    String text = context.request().getParam(name);
    if (text == null) {
      return otherwise;
    }
    long value = natural(name, text);
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ": " + value);
    }
    return value;
  }

  static long natural(String name, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(name + " must be a whole number of at least 0: " + text);
    }
    return Long.parseLong(text);
  }

  // ------------------------------------------------------------------ answers

  private interface Answer<T> {
    void give(T result);
  }

  private static <T> void answer(RoutingContext context, Future<T> future, Answer<T> answer) {
    future.onSuccess(answer::give).onFailure(failure -> Replies.failure(context, failure));
  }

  private static void send(RoutingContext context, Frames frames) {
    if (!context.response().closed()) {
      context
          .response()
          .putHeader("Content-Type", "application/octet-stream")
          .putHeader("Cache-Control", "no-store")
          .putHeader("Alidade-Position", String.valueOf(frames.position()))
          .end(frames.content());
    }
  }

  /** Each envelope after its length as a varint, as protobuf's writeDelimitedTo does. */
  static Buffer delimited(List<StoredFrame> frames) {
    int size = 0;
    for (StoredFrame stored : frames) {
      size += stored.frame().bytes().length + 5;
    }
    Buffer content = Buffer.buffer(size);
    for (StoredFrame stored : frames) {
      Frame frame = stored.frame();
      int length = frame.bytes().length;
      while (length > 0x7f) {
        content.appendByte((byte) ((length & 0x7f) | 0x80));
        length >>>= 7;
      }
      content.appendByte((byte) length).appendBytes(frame.bytes());
    }
    return content;
  }

  private static JsonObject json(RunSummary summary) {
    JsonArray scores = new JsonArray();
    summary.scores().forEach(score -> scores.add(finite(score)));
    return new JsonObject()
        .put("id", summary.id().value())
        .put("name", summary.name())
        .put("state", summary.live() ? "live" : "recorded")
        .put("startedMillis", summary.startedMillis())
        .put("lastMillis", summary.lastMillis())
        .put("iteration", summary.iteration())
        .put("epoch", summary.epoch())
        .put("score", finite(summary.score()))
        .put("samples", summary.samples())
        .put("pictures", summary.pictures())
        .put("layers", summary.layers())
        .put("dropped", summary.dropped())
        .put("bytes", summary.bytes())
        .put("scores", scores);
  }

  /** JSON has no NaN. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
