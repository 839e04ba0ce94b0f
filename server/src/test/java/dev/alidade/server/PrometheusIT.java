package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Histogram;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads what the server shows. */
class PrometheusIT {
  private static final int VALUES = 100_000;

  @TempDir Path folder;
  private final Origin origin = Frames.origin();
  private final Histogram histogram = normal();
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** |h| of a standard normal distribution in the wire's bins; its median is 0.6745. */
  private static Histogram normal() {
    long[] bins = new long[256];
    Random random = new Random(7);
    for (int i = 0; i < VALUES; i++) {
      double magnitude = Math.abs(random.nextGaussian());
      bins[(int) Math.floor(4 * (Math.log(magnitude) / Math.log(2)) + 128)]++;
    }
    Histogram.Builder histogram = Histogram.newBuilder();
    Arrays.stream(bins).forEach(histogram::addPositive);
    return histogram.build();
  }

  @Test
  void promtool_finds_nothing_to_complain_about() throws Exception {
    Programs.assumeInstalled("promtool", "prometheus");
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(
          Frames.description(origin, 1, "dense1", "dense1", "out"),
          Frames.numbers(origin, 1, 10, histogram));
      // Errors and a session, so that their meters are there too.
      server.send(server.request("/api/v1/runs"));
      server.get("/api/v1/runs");
      String page = TestServer.text(server.get("/metrics"));
      assertThat(page)
          .contains("alidade_train_zero_share{layer=\"dense1\",run=\"" + origin.run() + "\"} 0.1")
          .contains("# HELP alidade_train_zero_share Share of exact zeros.")
          .contains("alidade_run_iteration_seconds{run=\"" + origin.run() + "\"} 0.25")
          .contains("alidade_run_iterations_total{run=\"" + origin.run() + "\"} 10.0")
          .contains("alidade_run_dropped_samples_total{reason=\"queue_full\"")
          .contains("alidade_server_frames_received_total 2.0")
          .contains("alidade_build_info{version=\"" + AlidadeServer.version() + "\"} 1")
          .contains("vertx_http_server_");
      Path output = folder.resolve("promtool.txt");
      Process promtool =
          new ProcessBuilder("promtool", "check", "metrics")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (var input = promtool.getOutputStream()) {
        input.write(page.getBytes(StandardCharsets.UTF_8));
      }
      assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(output)).isEmpty();
      assertThat(promtool.exitValue()).isZero();
    }
  }

  @Test
  void prometheus_answers_a_quantile_of_the_native_histogram() throws Exception {
    Programs.assumeInstalled("prometheus", "prometheus");
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(
          Frames.description(origin, 1, "dense1"), Frames.numbers(origin, 1, 10, histogram));
      Process prometheus = prometheus();
      try {
        double median = query("histogram_quantile(0.5, alidade_activation_abs{layer=\"dense1\"})");
        // A bucket is 19 % wide; Prometheus places the quantile inside it.
        assertThat(median).isCloseTo(.6745, within(.6745 * .1));
        assertThat(query("histogram_count(alidade_activation_abs)")).isEqualTo(VALUES);
        assertThat(query("histogram_sum(alidade_activation_abs) / " + VALUES))
            .isCloseTo(Math.sqrt(2 / Math.PI), within(.02));
        assertThat(query("alidade_run_score")).isEqualTo(10);
      } finally {
        prometheus.destroyForcibly().waitFor();
      }
    }
  }

  private URI api;

  private Process prometheus() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    api = URI.create("http://127.0.0.1:" + port);
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        scrape_configs:
          - job_name: alidade
            scrape_interval: 1s
            static_configs:
              - targets: ['127.0.0.1:%d']
        """
            .formatted(server.server().port()));
    return new ProcessBuilder(
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port,
            "--enable-feature=native-histograms")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.txt").toFile())
        .start();
  }

  /** The first answer that has a value. */
  private double query(String expression) {
    HttpClient client = HttpClient.newHttpClient();
    URI uri =
        api.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    JsonArray result =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(
                () -> {
                  String answer =
                      client
                          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                          .body();
                  return new JsonObject(answer).getJsonObject("data").getJsonArray("result");
                },
                found -> !found.isEmpty());
    return Double.parseDouble(result.getJsonObject(0).getJsonArray("value").getString(1));
  }
}
