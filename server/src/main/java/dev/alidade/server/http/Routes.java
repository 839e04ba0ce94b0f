package dev.alidade.server.http;

import dev.alidade.server.ingest.Ingest;
import dev.alidade.server.laws.LawBook;
import dev.alidade.server.layout.LayoutDesk;
import dev.alidade.server.live.LiveHub;
import dev.alidade.server.meters.ServerMeters;
import dev.alidade.server.security.Access;
import dev.alidade.server.security.Role;
import dev.alidade.server.store.Runs;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;

/** Every endpoint, on one screen. */
public final class Routes {
  private static final long MOST_BODY_BYTES = 16 << 10;
  private static final long MOST_RULES_BYTES = 1 << 20;

  private final Vertx vertx;
  private final Access access;
  private final Runs runs;
  private final LawBook laws;
  private final Ingest ingest;
  private final LiveHub live;
  private final ServerMeters meters;
  private final PrometheusRegistry registry;
  private final AlertsApi alerts;
  private final Page page;
  private final LayoutDesk layouts;

  /**
   * What pages and scrapers are told.
   *
   * @param metricsForAll whether {@code /metrics} is readable without a token
   * @param secure whether browsers come by https
   */
  public record Page(String title, String version, boolean metricsForAll, boolean secure) {}

  public Routes(
      Vertx vertx,
      Access access,
      Runs runs,
      LawBook laws,
      Ingest ingest,
      LiveHub live,
      ServerMeters meters,
      PrometheusRegistry registry,
      AlertsApi alerts,
      Page page) {
    this.vertx = vertx;
    this.access = access;
    this.runs = runs;
    this.laws = laws;
    this.ingest = ingest;
    this.live = live;
    this.meters = meters;
    this.registry = registry;
    this.alerts = alerts;
    this.page = page;
    layouts = new LayoutDesk(runs);
  }

  /** Gives the server its handlers. Reads the dashboard's files: not on the event loop. */
  public void serve(HttpServer server, long pingMillis) throws IOException {
    Gate gate = new Gate(access, ingest, live);
    Router router = Router.router(vertx);
    router.route().handler(gate::admit);
    router.get("/health").handler(this::health);
    router.get("/config.json").handler(this::config);
    if (!page.metricsForAll()) {
      router.get("/metrics").handler(context -> gate.require(context, Role.VIEW, false));
    }
    router.get("/metrics").handler(new MetricsPage(vertx, registry, this::note)::serve);
    sessions(router, gate);
    runs(router);
    alerts(router);
    router.route("/api/*").handler(context -> Replies.error(context, 404, "no such endpoint"));
    Assets assets = Assets.load(Routes.class.getClassLoader());
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(assets::serve);
    router.route().handler(context -> Replies.error(context, 405, "method must be GET or HEAD"));
    router.route().failureHandler(Routes::failed);
    vertx.setPeriodic(pingMillis, timer -> gate.ping());
    server.requestHandler(router);
    server.webSocketHandshakeHandler(gate::handshake);
    server.webSocketHandler(gate::open);
  }

  /** Abandons what is being computed for anybody. */
  public void close() {
    layouts.close();
  }

  private void sessions(Router router, Gate gate) {
    SessionApi sessions = new SessionApi(access, page.secure());
    BodyHandler body = BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES);
    router.post("/api/v1/session").handler(body).handler(sessions::logIn);
    router
        .delete("/api/v1/session")
        .handler(context -> gate.require(context, Role.VIEW, true))
        .handler(sessions::logOut);
    router.route("/api/v1/*").handler(gate::authorize);
    router.get("/api/v1/session").handler(sessions::show);
  }

  private void runs(Router router) {
    RunsApi api = new RunsApi(runs, laws);
    LayoutApi maps = new LayoutApi(layouts);
    router.get("/api/v1/runs").handler(api::list);
    router.get("/api/v1/runs/:run").handler(api::show);
    router.get("/api/v1/runs/:run/frames").handler(api::frames);
    router.get("/api/v1/runs/:run/moment").handler(api::moment);
    router.get("/api/v1/runs/:run/layers/:layer/units/:unit").handler(api::unit);
    router.get("/api/v1/runs/:run/layers/:layer/layout").handler(maps::layout);
    router.get("/api/v1/runs/:run/laws").handler(api::laws);
    MapApi pictures = new MapApi(runs);
    router.get("/api/v1/runs/:run/map.png").handler(pictures::png);
    router.get("/api/v1/runs/:run/map.svg").handler(pictures::svg);
    router.delete("/api/v1/runs/:run").handler(api::delete);
    router.post("/api/v1/runs/:run/restore").handler(api::restore);
  }

  private void alerts(Router router) {
    BodyHandler body = BodyHandler.create(false).setBodyLimit(MOST_RULES_BYTES);
    router.get("/api/v1/alerts").handler(alerts::standing);
    router.get("/api/v1/rules").handler(alerts::rules);
    router.get("/api/v1/runs/:run/alerts").handler(alerts::history);
    router.post("/api/v1/runs/:run/rules/preview").handler(body).handler(alerts::preview);
  }

  private void health(RoutingContext context) {
    Replies.json(context, 200, new JsonObject().put("status", "ok").encode());
  }

  private void config(RoutingContext context) {
    JsonObject config = new JsonObject().put("version", page.version()).put("title", page.title());
    Replies.json(context, 200, config.encode());
  }

  private void note() {
    meters.note(live.viewers(), ingest.agents(), runs.live(), runs.queuedBytes());
  }

  private static void failed(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure == null || failure instanceof io.vertx.ext.web.handler.HttpException) {
      int status = context.statusCode() < 400 ? 500 : context.statusCode();
      Replies.error(context, status, status == 413 ? "the body is too large" : "bad request");
    } else {
      Replies.failure(context, failure);
    }
  }
}
