package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose layers follow the laws, one of them neither. */
class LawsIT {
  private static final int SAMPLES = 400;
  private static final int EVERY = 10;
  private static final int ROWS = 32;

  @TempDir Path folder;
  private TestServer server;
  private final Origin origin = Frames.origin();
  private final Random random = new Random(4);

  @BeforeEach
  void start() {
    server = new TestServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A = 100, λ = .4, γ = 1/20, t0 = 1, K = 10 of the specification; its peak is at 32.16. */
  private static double emergence(double t) {
    double x = t / 20 + 1;
    return 100 * Math.exp(-.4 * x) * Math.log(x) + 10;
  }

  /** D in units of the last one; A0 = .06. */
  private static double falling(double d) {
    return Math.exp(-3.2 * Math.pow(d, .4) - .02) + .06;
  }

  private static Quantity quantity(String id) {
    return Quantity.newBuilder().setId(id).setScope(Scope.SCOPE_LAYER).build();
  }

  private Frame description() {
    Description description =
        Description.newBuilder()
            .setName("lawful")
            .addQuantities(quantity("massive_ratio"))
            .addQuantities(quantity("lazy_share"))
            .addQuantities(quantity("near_zero_share"))
            .addLayers(Layer.newBuilder().setName("lawful").setUnits(8).setActivation("relu"))
            .addLayers(Layer.newBuilder().setName("still").setUnits(8).setActivation("tanh"))
            .build();
    return Frame.encode(origin, Kind.KIND_DESCRIPTION, 1, 0, 1, description);
  }

  private double noisy(double value, double share) {
    return value * (1 + share * random.nextGaussian());
  }

  private Frame numbers(int sample) {
    double share = (double) (sample + 1) / SAMPLES;
    double seen = (sample * EVERY + 1.0) / ((SAMPLES - 1) * EVERY + 1);
    LayerNumbers lawful =
        LayerNumbers.newBuilder()
            .setLayer(0)
            .setRows(ROWS)
            .setRowsPresent(ROWS)
            .addValues((float) noisy(emergence(143 * share), .02))
            .addValues((float) noisy(falling(seen), .003))
            .addValues(Float.NaN)
            .build();
    LayerNumbers still =
        LayerNumbers.newBuilder()
            .setLayer(1)
            .setRowsPresent(ROWS)
            .addValues((float) noisy(5, .02))
            .addValues(1)
            .addValues((float) noisy(.1, .02))
            .build();
    Numbers numbers = Numbers.newBuilder().addLayers(lawful).addLayers(still).build();
    return Frame.encode(
        origin, Kind.KIND_NUMBERS, sample + 1, (long) sample * EVERY, 1 + sample, numbers);
  }

  private void send(FakeAgent agent, int from, int to) throws Exception {
    for (int sample = from; sample < to - 1; sample++) {
      agent.send(numbers(sample));
    }
    agent.store(numbers(to - 1));
  }

  private JsonObject laws() throws Exception {
    return new JsonObject(TestServer.text(server.get("/api/v1/runs/" + origin.run() + "/laws")));
  }

  private JsonObject complete() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(this::laws, it -> Boolean.TRUE.equals(it.getBoolean("complete")));
  }

  private void check(JsonObject laws) {
    assertThat(laws.getLong("iteration")).isEqualTo((SAMPLES - 1) * EVERY);
    JsonObject emergence = laws.getJsonArray("emergence").getJsonObject(0);
    assertThat(emergence.getString("state")).isEqualTo("fitted");
    assertThat(emergence.getString("layer")).isEqualTo("lawful");
    assertThat(emergence.getString("quantity")).isEqualTo("massive_ratio");
    double expected = 32.1601415 / 143 * SAMPLES * EVERY;
    JsonObject peak = emergence.getJsonObject("peak");
    assertThat(peak.getDouble("value")).isCloseTo(expected, within(.05 * expected));
    assertThat(peak.getDouble("low")).isLessThan(peak.getDouble("value"));
    assertThat(peak.getDouble("high")).isGreaterThan(peak.getDouble("value"));
    assertThat(emergence.getJsonObject("limit").getDouble("value")).isCloseTo(10, within(3.0));
    assertThat(emergence.getDouble("r2")).isGreaterThan(.9);
    JsonObject aic = emergence.getJsonObject("aic");
    assertThat(aic.fieldNames()).contains("emergence", "constant", "line", "saturation");
    assertThat(aic.getDouble("emergence")).isLessThan(aic.getDouble("saturation") - 2);
    JsonObject forecast = emergence.getJsonObject("forecast");
    assertThat(forecast.getJsonArray("iteration").getDouble(0))
        .isCloseTo((SAMPLES - 1) * EVERY, within(1.0));
    assertThat(forecast.getJsonArray("low").getDouble(5))
        .isLessThan(forecast.getJsonArray("high").getDouble(5));
    JsonArray past = emergence.getJsonArray("past");
    assertThat(past).isNotEmpty();
    assertThat(past.getJsonObject(0).fieldNames())
        .contains("at", "horizon", "error", "persistence", "line");

    JsonObject sparsity = laws.getJsonArray("sparsity").getJsonObject(0);
    assertThat(sparsity.getString("state")).isEqualTo("fitted");
    assertThat(sparsity.getString("quantity")).isEqualTo("lazy_share");
    assertThat(sparsity.getString("direction")).isEqualTo("falling");
    JsonObject limit = sparsity.getJsonObject("limit");
    assertThat(limit.getValue("value")).as("never a point").isNull();
    // How often the interval holds the truth is SparsityLawTest's question.
    assertThat(limit.getDouble("low")).isLessThan(limit.getDouble("high"));
    assertThat(limit.getDouble("low")).isCloseTo(.06, within(.01));
    assertThat(limit.getDouble("high")).isCloseTo(.06, within(.01));
    JsonArray curve = sparsity.getJsonObject("curve").getJsonArray("iteration");
    assertThat(curve.getDouble(curve.size() - 1))
        .as("x is data seen, told as iterations")
        .isBetween((SAMPLES - 30.0) * EVERY, SAMPLES * (double) EVERY);

    JsonObject still = laws.getJsonArray("emergence").getJsonObject(1);
    assertThat(still.getString("state")).isEqualTo("not identifiable yet");
    assertThat(still.getString("reason")).startsWith("the ");
    assertThat(laws.getJsonArray("sparsity").getJsonObject(1).getString("quantity"))
        .isEqualTo("near_zero_share");
  }

  @Test
  void laws_of_a_live_run_are_fitted_as_samples_arrive_and_shown_as_metrics() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.send(description());
      send(agent, 0, 8);
      JsonObject early = complete().getJsonArray("emergence").getJsonObject(0);
      assertThat(early.getString("state")).isEqualTo("not identifiable yet");
      assertThat(early.getString("reason")).isEqualTo("needs at least 12 samples: 8");
      send(agent, 8, SAMPLES);
      JsonObject laws =
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(this::laws, it -> it.getLong("iteration") == (SAMPLES - 1) * EVERY);
      check(laws);
      String page =
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> TestServer.text(server.get("/metrics")),
                  text -> text.contains("alidade_law_emergence_peak_iteration{layer=\"lawful\""));
      assertThat(page)
          .contains("alidade_law_sparsity_limit_high_ratio{layer=\"lawful\"")
          .doesNotContain("alidade_law_emergence_peak_iteration{layer=\"still\"");
    }
  }

  @Test
  void laws_of_a_recorded_run_are_the_same() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.send(description());
      send(agent, 0, SAMPLES);
    }
    server.restart();
    check(complete());
  }

  @Test
  void laws_of_a_run_that_is_not_there_are_an_error() throws Exception {
    assertThat(server.get("/api/v1/runs/" + Frames.origin().run() + "/laws").statusCode())
        .isEqualTo(404);
    assertThat(server.send(server.request("/api/v1/runs/" + origin.run() + "/laws")).statusCode())
        .isEqualTo(401);
  }
}
