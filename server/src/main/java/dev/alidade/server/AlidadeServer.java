package dev.alidade.server;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.server.Settings.Tls;
import dev.alidade.server.alert.AlertDesk;
import dev.alidade.server.alert.AlertMeters;
import dev.alidade.server.alert.RulesFile;
import dev.alidade.server.http.AlertsApi;
import dev.alidade.server.http.Routes;
import dev.alidade.server.ingest.Ingest;
import dev.alidade.server.laws.LawBook;
import dev.alidade.server.live.LiveHub;
import dev.alidade.server.meters.ServerMeters;
import dev.alidade.server.meters.TrainMeters;
import dev.alidade.server.security.Access;
import dev.alidade.server.security.FailedLogins;
import dev.alidade.server.security.Hosts;
import dev.alidade.server.security.Role;
import dev.alidade.server.security.Sessions;
import dev.alidade.server.security.Tokens;
import dev.alidade.server.store.Runs;
import dev.alidade.wire.Frame;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: takes in frames, stores them, shows them.
 *
 * <pre>{@code
 * try (AlidadeServer server = AlidadeServer.builder().port(8790).start()) {
 *   System.out.println(server.link());
 *   train();
 * }
 * }</pre>
 *
 * <p>All its threads are daemons: it does not keep a JVM alive. One event loop serves every
 * connection; disks are touched on other threads.
 */
public final class AlidadeServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlidadeServer.class);
  private static final long START_SECONDS = 30;
  private static final long CLOSE_SECONDS = 30;
  private static final long TICK_MILLIS = 1_000;
  private static final long RELOAD_MILLIS = 2_000;

  /** Room for the frame that is one byte too large, so that the refusal can name the rule. */
  private static final int MOST_MESSAGE_BYTES = Frame.MOST_BYTES + (64 << 10);

  private final Settings settings;
  private final Vertx vertx;
  private final HttpServer http;
  private final Runs runs;
  private final Routes routes;
  private final LawBook laws;
  private final Tokens tokens;
  private final PrometheusRegistry registry;
  private boolean closed;

  private AlidadeServer(
      Settings settings,
      Vertx vertx,
      HttpServer http,
      Runs runs,
      Routes routes,
      LawBook laws,
      Tokens tokens,
      PrometheusRegistry registry) {
    this.settings = settings;
    this.vertx = vertx;
    this.http = http;
    this.runs = runs;
    this.routes = routes;
    this.laws = laws;
    this.tokens = tokens;
    this.registry = registry;
  }

  /** Starts from the settings of the environment; see {@link Settings}. */
  public static ServerBuilder builder() {
    return new ServerBuilder();
  }

  static AlidadeServer start(Settings settings, Limits limits) {
    PrometheusRegistry registry = new PrometheusRegistry();
    PrometheusMeterRegistry meters =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    // Vert.x registers these gauges again for every connection, and our own say the same.
    meters.config().meterFilter(MeterFilter.denyNameStartsWith("vertx.http.server.active"));
    Vertx vertx = vertx(meters);
    try {
      return start(settings, limits, vertx, registry, meters);
    } catch (RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  private static AlidadeServer start(
      Settings settings,
      Limits limits,
      Vertx vertx,
      PrometheusRegistry registry,
      PrometheusMeterRegistry meters) {
    try {
      java.time.Clock clock = java.time.Clock.systemUTC();
      Tokens tokens = Tokens.readOrCreate(settings.tokens());
      Access access =
          new Access(
              hosts(settings),
              tokens,
              new Sessions(tokens, clock),
              new FailedLogins(clock),
              settings.scheme());
      TrainMeters train = new TrainMeters(clock);
      registry.register(train);
      ServerMeters own = new ServerMeters(meters, version());
      Context loop = vertx.getOrCreateContext();
      RulesFile rules = new RulesFile(settings.rules());
      AlertDesk alerts = new AlertDesk(rules.read());
      registry.register(new AlertMeters(alerts));
      Runs runs =
          new Runs(
              settings.data(),
              loop,
              train,
              alerts,
              settings.mostRunBytes(),
              limits.live().toMillis());
      LawBook laws = new LawBook(vertx, runs, loop);
      registry.register(laws.meters());
      HttpServer http = vertx.createHttpServer(options(settings, limits));
      Routes routes =
          new Routes(
              vertx,
              access,
              runs,
              laws,
              new Ingest(vertx, runs, own, settings.mostAgents(), limits.hello().toMillis()),
              new LiveHub(vertx, runs, own, settings.mostViewers(), limits.kick().toMillis()),
              own,
              registry,
              new AlertsApi(runs, alerts),
              new Routes.Page(
                  settings.title(),
                  version(),
                  settings.loopback(),
                  settings.scheme().equals("https")));
      routes.serve(http, limits.ping().toMillis());
      vertx.setPeriodic(
          Math.max(1, limits.idle().toMillis() / 4),
          timer -> runs.closeIdle(limits.idle().toMillis()));
      vertx.setPeriodic(TICK_MILLIS, timer -> runs.tick(System.currentTimeMillis()));
      vertx.setPeriodic(RELOAD_MILLIS, timer -> vertx.executeBlocking(() -> rules.reload(alerts)));
      listen(http, settings, loop);
      access.listensOn(http.actualPort());
      AlidadeServer server =
          new AlidadeServer(settings, vertx, http, runs, routes, laws, tokens, registry);
      LOG.info("Alidade serves {} from {}", server.uri(), settings.data());
      return server;
    } catch (IOException e) {
      throw new StartException(
          "data and tokens must be usable: " + e.getClass().getSimpleName() + " " + e.getMessage(),
          e);
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Vertx vertx(PrometheusMeterRegistry meters) {
    MicrometerMetricsOptions metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setLabels(EnumSet.of(Label.HTTP_CODE)); // paths and methods come from strangers
    for (MetricsDomain domain : MetricsDomain.values()) {
      if (domain != MetricsDomain.HTTP_SERVER) {
        metrics.addDisabledMetricsCategory(domain);
      }
    }
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(4)
            .setInternalBlockingPoolSize(4)
            .setUseDaemonThread(true)
            .setMetricsOptions(metrics)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false));
    return Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(meters)).build();
  }

  private static Hosts hosts(Settings settings) {
    List<String> names = new ArrayList<>(settings.hosts());
    if (!settings.host().equals("0.0.0.0") && !settings.host().contains(":")) {
      names.add(settings.host());
    }
    return new Hosts(names);
  }

  private static HttpServerOptions options(Settings settings, Limits limits) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.host())
            .setPort(settings.port())
            .setUseAlpn(false)
            .setHttp2ClearTextEnabled(false)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setMaxWebSocketFrameSize(MOST_MESSAGE_BYTES)
            .setMaxWebSocketMessageSize(MOST_MESSAGE_BYTES)
            .setWebSocketSubProtocols(List.of("alidade.v1"))
            .setWebSocketClosingTimeout(5)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setReadIdleTimeout((int) limits.silence().toMillis());
    if (settings.tls() == Tls.ON) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(String.valueOf(settings.tlsCertificate()))
                  .setKeyPath(String.valueOf(settings.tlsKey())));
    }
    return options;
  }

  private static void listen(HttpServer http, Settings settings, Context loop) {
    Promise<HttpServer> listening = Promise.promise();
    loop.runOnContext(nothing -> http.listen().onComplete(listening));
    try {
      await(listening.future(), START_SECONDS);
    } catch (ExecutionException e) {
      throw new StartException(whyNot(settings, e), e);
    } catch (TimeoutException e) {
      throw new StartException("server must listen within " + START_SECONDS + " s", e);
    }
  }

  private static String whyNot(Settings settings, ExecutionException failure) {
    String place = "port " + settings.port() + " on " + settings.host();
    Throwable cause = failure.getCause();
    String reason = cause == null ? "" : String.valueOf(cause.getMessage());
    return cause instanceof BindException && reason.contains("in use")
        ? place + " is in use"
        : place + " cannot be listened on: " + reason;
  }

  private static <T> void await(Future<T> future, long seconds)
      throws ExecutionException, TimeoutException {
    try {
      future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return http.actualPort();
  }

  /** The dashboard's address, without the token. */
  public URI uri() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create(settings.scheme() + "://" + host + ":" + port());
  }

  /** The dashboard's address with the token that controls; for its owner's eyes only. */
  public URI link() {
    return URI.create(uri() + "/#token=" + tokens.text(Role.CONTROL));
  }

  /**
   * Shows a recording that lies anywhere as a recorded run, without copying it.
   *
   * @return the address of its page, with the token that controls
   * @throws RecordingException when it is none
   */
  public URI show(Path file) throws RecordingException {
    try (RecordingReader reader = RecordingReader.open(file)) {
      runs.show(reader.run(), file.toAbsolutePath());
      return URI.create(link() + "&run/" + reader.run());
    }
  }

  public Settings settings() {
    return settings;
  }

  /** Everything that {@code /metrics} shows. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** The version of this server. */
  public static String version() {
    try (var content = AlidadeServer.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (content != null) {
        properties.load(content);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Ends every connection, stores what arrived and leaves self-contained files. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    routes.close();
    laws.close();
    try {
      await(http.close().transform(done -> runs.close()), CLOSE_SECONDS);
      await(vertx.close(), CLOSE_SECONDS); // its loop is gone then: nothing can be chained to it
    } catch (ExecutionException e) {
      LOG.warn("closing failed: {}", String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      LOG.warn("closing took longer than {} s", CLOSE_SECONDS);
    }
  }
}
