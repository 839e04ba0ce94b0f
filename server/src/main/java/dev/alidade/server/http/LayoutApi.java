package dev.alidade.server.http;

import dev.alidade.analysis.layout.family.Distance;
import dev.alidade.analysis.layout.family.LayoutFamily;
import dev.alidade.server.layout.Asked;
import dev.alidade.server.layout.LayoutDesk;
import dev.alidade.wire.RunId;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Maps by any family, on demand. */
final class LayoutApi {
  private final LayoutDesk desk;

  LayoutApi(LayoutDesk desk) {
    this.desk = desk;
  }

  /** {@code method}, and if they are not the usual ones distance, basis and iteration. */
  void layout(RoutingContext context) {
    Asked asked =
        new Asked(
            new RunId(context.pathParam("run")),
            context.pathParam("layer"),
            method(context.request().getParam("method")),
            Distance.of(or(context.request().getParam("distance"), "cosine")),
            Asked.Basis.of(or(context.request().getParam("basis"), "observations")),
            iteration(context.request().getParam("iteration")));
    Vertx vertx = context.vertx();
    desk.lay(asked, vertx.getOrCreateContext())
        .onSuccess(map -> Replies.json(context, 200, map))
        .onFailure(failure -> Replies.failure(context, failure));
  }

  private static String method(@Nullable String given) {
    if (given == null) {
      throw new IllegalArgumentException(
          "method must be given; known: " + String.join(", ", LayoutFamily.names()));
    }
    // A plus is a space in a query unless it is escaped; no method has a space in its name.
    return given.replace(' ', '+');
  }

  private static String or(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  private static long iteration(@Nullable String given) {
    if (given == null) {
      return Long.MAX_VALUE;
    }
    if (!given.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          "iteration must be a whole number of at least 0: " + given);
    }
    return Long.parseLong(given);
  }
}
