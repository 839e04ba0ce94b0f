package dev.alidade.server.http;

import dev.alidade.server.layout.NoSuchLayerException;
import dev.alidade.server.picture.NotThereException;
import dev.alidade.server.security.Refusal;
import dev.alidade.server.store.BusyException;
import dev.alidade.server.store.NoSuchRunException;
import dev.alidade.server.store.RunConflictException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers in JSON; errors as {@code {"error": "..."}}. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  static void json(RoutingContext context, int status, String body) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      response
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json; charset=utf-8")
          .putHeader("Cache-Control", "no-store")
          .end(body);
    }
  }

  static void error(RoutingContext context, int status, String reason) {
    if (status == 401) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
    } else if (status == 429 || status == 503) {
      context.response().putHeader("Retry-After", status == 429 ? "60" : "1");
    }
    json(context, status, new JsonObject().put("error", reason).encode());
  }

  static void error(RoutingContext context, Refusal refusal) {
    error(context, refusal.status(), refusal.reason());
  }

  /** The status that a failure deserves; what nobody foresaw is logged and not shown. */
  static void failure(RoutingContext context, Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    if (failure instanceof NoSuchRunException
        || failure instanceof NoSuchLayerException
        || failure instanceof NotThereException) {
      error(context, 404, reason);
    } else if (failure instanceof RunConflictException) {
      error(context, 409, reason);
    } else if (failure instanceof BusyException) {
      error(context, 503, reason);
    } else if (failure instanceof IllegalArgumentException) {
      error(context, 400, reason);
    } else {
      LOG.error("{} {} failed", context.request().method(), context.request().path(), failure);
      error(context, 500, "the server failed: its log says why");
    }
  }
}
