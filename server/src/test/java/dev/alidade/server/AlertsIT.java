package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.AlertState;
import dev.alidade.wire.proto.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules on a live run, from the agent's frame to the page's. */
class AlertsIT {
  private static final String SPARSE =
      """
      rules:
        - id: sparse
          severity: warning
          when: {quantity: zero_share, above: %s}
          try: Fewer zeros.
      """;

  @TempDir Path folder;
  private final Origin origin = Frames.origin();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = serve(SPARSE.formatted("0.04"));
  }

  private TestServer serve(String text) throws Exception {
    Files.writeString(folder.resolve("rules.yaml"), text);
    return new TestServer(
        folder, TestServer.QUICK, builder -> builder.rules(folder.resolve("rules.yaml")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonArray array(String path) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).as(TestServer.text(response)).isEqualTo(200);
    return new JsonArray(TestServer.text(response));
  }

  @Test
  void alert_is_stored_streamed_listed_and_scraped() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin);
        FakeViewer viewer = new FakeViewer(server, origin.run())) {
      viewer.subscribe(0, true);
      agent.store(Frames.description(origin, 1, "dense1"), Frames.numbers(origin, 1));

      Frame frame = viewer.next(Kind.KIND_ALERT);
      Alert alert = frame.payload(Alert.parser());
      assertThat(alert.getId()).isEqualTo("sparse/dense1/10");
      assertThat(alert.getState()).isEqualTo(AlertState.ALERT_STATE_FIRING);
      assertThat(frame.iteration()).isEqualTo(10);
      JsonObject standing = array("/api/v1/alerts").getJsonObject(0);
      assertThat(standing.getString("subject")).isEqualTo("dense1");
      assertThat(standing.getString("run")).isEqualTo(origin.run().value());
      assertThat(TestServer.text(server.get("/metrics")))
          .contains(
              "alidade_alerts_firing{rule=\"sparse\",run=\"%s\",severity=\"warning\"} 1.0"
                  .formatted(origin.run().value()));

      // 1/30 and less is below the limit: three samples of it, and it is over.
      agent.store(Frames.numbers(origin, 3), Frames.numbers(origin, 4), Frames.numbers(origin, 5));
      assertThat(viewer.next(Kind.KIND_ALERT).payload(Alert.parser()).getState())
          .isEqualTo(AlertState.ALERT_STATE_RESOLVED);
      assertThat(array("/api/v1/alerts")).isEmpty();
      assertThat(array("/api/v1/runs/" + origin.run().value() + "/alerts")).hasSize(2);
    }
  }

  @Test
  void restart_raises_nothing_twice_and_goes_on() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(Frames.description(origin, 1, "dense1"), Frames.numbers(origin, 1));
      await().untilAsserted(() -> assertThat(array("/api/v1/alerts")).hasSize(1));
    }
    server.close();
    server = serve(SPARSE.formatted("0.04"));
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(Frames.numbers(origin, 2));
      await().untilAsserted(() -> assertThat(array("/api/v1/alerts")).hasSize(1));
      agent.store(Frames.numbers(origin, 3), Frames.numbers(origin, 4), Frames.numbers(origin, 5));
      await().untilAsserted(() -> assertThat(array("/api/v1/alerts")).isEmpty());
    }
    assertThat(array("/api/v1/runs/" + origin.run().value() + "/alerts"))
        .extracting(each -> ((JsonObject) each).getString("state"))
        .containsExactly("firing", "resolved");
  }

  @Test
  void changed_rules_are_read_again_and_bad_ones_are_not_taken() throws Exception {
    Files.writeString(folder.resolve("rules.yaml"), "rules: [{id: broken}]");
    Files.setLastModifiedTime(
        folder.resolve("rules.yaml"), java.nio.file.attribute.FileTime.fromMillis(1));
    Files.writeString(
        folder.resolve("other.yaml"), SPARSE.formatted("0.9").replace("sparse", "other"));
    Files.setLastModifiedTime(
        folder.resolve("other.yaml"), java.nio.file.attribute.FileTime.fromMillis(2));
    await()
        .pollDelay(java.time.Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(rule()).isEqualTo("sparse"));
    Files.move(
        folder.resolve("other.yaml"),
        folder.resolve("rules.yaml"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    await().untilAsserted(() -> assertThat(rule()).isEqualTo("other"));
  }

  private String rule() throws Exception {
    return new JsonObject(TestServer.text(server.get("/api/v1/rules")))
        .getJsonArray("rules")
        .getJsonObject(0)
        .getString("id");
  }

  @Test
  void preview_says_what_rules_would_have_raised_or_where_they_are_wrong() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(Frames.description(origin, 1, "dense1"), Frames.numbers(origin, 1));
    }
    HttpResponse<byte[]> good = preview(SPARSE.formatted("0.01"));
    assertThat(TestServer.text(good)).contains("sparse/dense1/10");
    HttpResponse<byte[]> bad = preview("rules:\n  - id: it\n    seerity: info\n");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(TestServer.text(bad)).getInteger("line")).isEqualTo(3);
  }

  private HttpResponse<byte[]> preview(String rules) throws Exception {
    return server.as(
        "control",
        server
            .request("/api/v1/runs/" + origin.run().value() + "/rules/preview")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new JsonObject().put("rules", rules).encode())));
  }

  @Test
  void bad_rules_at_the_start_are_one_line_with_their_place() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> serve("rules:\n  - id: Bad Id\n"))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "rules.yaml:2:9: rules[0].id must be letters, digits and dashes, at most 60: Bad Id");
  }
}
