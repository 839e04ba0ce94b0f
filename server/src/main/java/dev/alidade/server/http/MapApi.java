package dev.alidade.server.http;

import dev.alidade.server.picture.MapQuery;
import dev.alidade.server.picture.MapSheet;
import dev.alidade.server.picture.MapSource;
import dev.alidade.server.picture.Theme;
import dev.alidade.server.store.Runs;
import dev.alidade.wire.RunId;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The maps of a run as pictures. Drawing takes milliseconds, on a reading thread. */
final class MapApi {
  private final Runs runs;

  MapApi(Runs runs) {
    this.runs = runs;
  }

  void png(RoutingContext context) {
    answer(context, "image/png", MapSheet::png);
  }

  void svg(RoutingContext context) {
    answer(context, "image/svg+xml", MapSheet::svg);
  }

  private interface Drawing {
    byte[] of(MapSheet sheet);
  }

  private void answer(RoutingContext context, String type, Drawing drawing) {
    MapQuery query = query(context);
    runs.read(
            new RunId(context.pathParam("run")),
            reader -> drawing.of(MapSource.of(reader).sheet(query)))
        .onSuccess(
            picture -> {
              if (!context.response().closed()) {
                context
                    .response()
                    .putHeader("Content-Type", type)
                    .putHeader("Cache-Control", "no-store")
                    .end(Buffer.buffer(picture));
              }
            })
        .onFailure(failure -> Replies.failure(context, failure));
  }

  private static MapQuery query(RoutingContext context) {
    String layer = parameter(context, "layer");
    if (layer == null) {
      throw new IllegalArgumentException("layer must be given: the name of one");
    }
    String theme = parameter(context, "theme");
    String size = parameter(context, "size");
    String iteration = parameter(context, "iteration");
    return new MapQuery(
        layer,
        iteration == null ? -1 : RunsApi.natural("iteration", iteration),
        parameter(context, "group"),
        parameter(context, "minus"),
        parameter(context, "groups"),
        size == null
            ? MapQuery.USUAL_SIZE
            : (int) Math.min(Integer.MAX_VALUE, RunsApi.natural("size", size)),
        theme == null ? Theme.LIGHT : Theme.of(theme),
        "true".equals(parameter(context, "aligned")));
  }

  private static @Nullable String parameter(RoutingContext context, String name) {
    return context.request().getParam(name);
  }
}
