package dev.alidade.server.http;

import dev.alidade.server.security.Access;
import dev.alidade.server.security.Role;
import dev.alidade.server.security.Sessions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Logging in and out. */
final class SessionApi {
  private final Access access;
  private final boolean secure;

  SessionApi(Access access, boolean secure) {
    this.access = access;
    this.secure = secure;
  }

  /** Changes a token into a cookie. */
  void logIn(RoutingContext context) {
    String type = context.request().getHeader("Content-Type");
    // Other sites can make a browser post forms and plain text, not JSON.
    if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
      Replies.error(context, 415, "Content-Type must be application/json: " + type);
      return;
    }
    Role role = access.tokens().role(token(context.body().buffer()));
    if (!role.includes(Role.VIEW)) {
      access
          .refusedLogin(true, Gate.address(context))
          .ifPresent(refusal -> Replies.error(context, refusal));
      return;
    }
    setCookie(context, access.sessions().start(role), Sessions.LIFE.toSeconds());
    Replies.json(context, 200, new JsonObject().put("role", role.text()).encode());
  }

  /** Tells a page who it is. */
  void show(RoutingContext context) {
    Role role = access.caller(context.request().headers()).role();
    Replies.json(context, 200, new JsonObject().put("role", role.text()).encode());
  }

  void logOut(RoutingContext context) {
    access.cookie(context.request().headers()).ifPresent(access.sessions()::end);
    setCookie(context, "", 0);
    Replies.json(context, 200, "{}");
  }

  private void setCookie(RoutingContext context, String value, long seconds) {
    context
        .response()
        .putHeader(
            "Set-Cookie",
            access.cookieName()
                + "="
                + value
                + "; Path=/; Max-Age="
                + seconds
                + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : ""));
  }

  private static String token(@org.jspecify.annotations.Nullable Buffer body) {
    try {
      return body == null ? "" : new JsonObject(body).getString("token", "");
    } catch (DecodeException | ClassCastException e) {
      return "";
    }
  }
}
