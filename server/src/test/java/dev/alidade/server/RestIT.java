package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerLayout;
import dev.alidade.wire.proto.Layouts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestIT {
  @TempDir Path folder;
  private TestServer server;
  private final Origin origin = Frames.origin();
  private final String run = "/api/v1/runs/" + origin.run();

  @BeforeEach
  void record() throws Exception {
    server = new TestServer(folder);
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.send(Frames.description(origin, 1, "dense1", "out"));
      for (int seq = 1; seq <= 40; seq++) {
        agent.send(Frames.units(origin, seq, seq * 10L, seq, seq * 2, Float.NaN));
        agent.send(Frames.picture(origin, seq, 50));
        agent.send(Frames.numbers(origin, seq));
      }
      agent.store(Frames.numbers(origin, 41));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<Frame> frames(HttpResponse<byte[]> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
    List<Frame> frames = new ArrayList<>();
    ByteArrayInputStream content = new ByteArrayInputStream(response.body());
    while (content.available() > 0) {
      int size = CodedInputStream.readRawVarint32(content.read(), content);
      frames.add(Frame.parse(content.readNBytes(size)));
    }
    return frames;
  }

  private JsonObject json(String path) throws Exception {
    return new JsonObject(TestServer.text(server.get(path)));
  }

  @Test
  void frames_are_verbatim_and_tell_where_to_subscribe() throws Exception {
    HttpResponse<byte[]> response = server.get(run + "/frames?kind=numbers");
    assertThat(frames(response)).extracting(Frame::seq).hasSize(41).isSorted();
    assertThat(response.headers().firstValue("Alidade-Position")).contains("122");
    assertThat(frames(server.get(run + "/frames?kind=numbers&from=100&to=120")))
        .extracting(Frame::iteration)
        .containsExactly(100L, 110L, 120L);
    assertThat(frames(server.get(run + "/frames?kind=picture&most=3")))
        .extracting(Frame::seq)
        .containsExactly(1L, 20L, 40L);
  }

  @Test
  void frames_and_moments_of_one_worker_are_told_apart() throws Exception {
    assertThat(frames(server.get(run + "/frames?kind=numbers&worker=0"))).hasSize(41);
    assertThat(frames(server.get(run + "/frames?kind=numbers&worker=1"))).isEmpty();
    assertThat(frames(server.get(run + "/moment?iteration=125&worker=0"))).hasSize(4);
    assertThat(frames(server.get(run + "/moment?iteration=125&worker=1"))).isEmpty();
    assertThat(json(run + "/frames?kind=numbers&worker=-1").getString("error"))
        .contains("worker must be a whole number");
  }

  @Test
  void moment_is_the_newest_of_each_kind_at_or_before() throws Exception {
    List<Frame> moment = frames(server.get(run + "/moment?iteration=125"));
    assertThat(moment)
        .extracting(Frame::kind)
        .containsExactly(
            Kind.KIND_DESCRIPTION, Kind.KIND_NUMBERS, Kind.KIND_UNITS, Kind.KIND_PICTURE);
    assertThat(moment).extracting(Frame::iteration).containsExactly(0L, 120L, 120L, 120L);
  }

  @Test
  void layouts_are_frames_and_part_of_a_moment() throws Exception {
    Origin other = Frames.origin();
    Layouts layouts =
        Layouts.newBuilder().addLayers(LayerLayout.newBuilder().setMethod("umap")).build();
    try (FakeAgent agent = FakeAgent.welcomed(server, other)) {
      agent.send(Frames.description(other, 1, "dense1"));
      agent.send(Frame.encode(other, Kind.KIND_LAYOUTS, 1, 10, 1, layouts));
      agent.send(Frame.encode(other, Kind.KIND_LAYOUTS, 2, 30, 1, layouts));
      agent.store(Frames.numbers(other, 4));
    }
    String path = "/api/v1/runs/" + other.run();
    assertThat(frames(server.get(path + "/frames?kind=layouts")))
        .extracting(Frame::iteration)
        .containsExactly(10L, 30L);
    List<Frame> moment = frames(server.get(path + "/moment?iteration=29"));
    assertThat(moment)
        .extracting(Frame::kind)
        .containsExactly(Kind.KIND_DESCRIPTION, Kind.KIND_LAYOUTS);
    assertThat(moment.get(1).payload(Layouts.parser())).isEqualTo(layouts);
  }

  @Test
  void history_of_a_unit_is_told_by_index_or_name() throws Exception {
    for (String layer : List.of("0", "dense1")) {
      JsonObject history = json(run + "/layers/" + layer + "/units/1?most=2");
      assertThat(history.getJsonArray("iterations")).containsExactly(10, 400);
      assertThat(history.getJsonArray("mean")).containsExactly(2.0, 80.0);
    }
    assertThat(json(run + "/layers/0/units/2?most=1").getJsonArray("mean").encode())
        .isEqualTo("[null]"); // JSON has no NaN
    assertThat(json(run + "/layers/0/units/3").getJsonArray("mean")).isEmpty();
  }

  @Test
  void deleted_run_can_be_restored() throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(Socket.SECONDS))
        .until(() -> server.as("control", server.request(run).DELETE()).statusCode() == 200);
    assertThat(server.get(run).statusCode()).isEqualTo(404);
    assertThat(new JsonArray(TestServer.text(server.get("/api/v1/runs")))).isEmpty();
    assertThat(
            server
                .as("control", server.request(run + "/restore").POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(200);
    assertThat(json(run).getLong("samples")).isEqualTo(41);
    assertThat(json(run).getString("state")).isEqualTo("recorded");
  }

  @Test
  void run_that_has_said_its_end_is_recorded_at_once() throws Exception {
    server.close();
    server = new TestServer(folder, Limits.DEFAULTS, settings -> settings);
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      assertThat(json(run).getString("state")).isEqualTo("live");
      agent.store(Frames.end(origin, 1));
    }
    Awaitility.await()
        .atMost(Limits.DEFAULTS.live().dividedBy(2))
        .until(() -> json(run).getString("state").equals("recorded"));
  }

  @Test
  void live_run_is_not_deleted() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      HttpResponse<byte[]> answer = server.as("control", server.request(run).DELETE());
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(TestServer.text(answer)).contains("is live");
      agent.store(Frames.numbers(origin, 42));
    }
  }

  @Test
  void recording_that_was_copied_in_is_shown_by_the_id_inside() throws Exception {
    server.close(); // leaves self-contained files
    Path runs = folder.resolve("runs");
    Files.move(runs.resolve(origin.run() + ".alidade"), runs.resolve("copied by hand.alidade"));
    Files.writeString(runs.resolve("nonsense.alidade"), "no recording");
    Files.createSymbolicLink(runs.resolve("link.alidade"), runs.resolve("copied by hand.alidade"));
    server = new TestServer(folder);
    JsonArray all = new JsonArray(TestServer.text(server.get("/api/v1/runs")));
    assertThat(all).hasSize(1);
    assertThat(all.getJsonObject(0).getString("id")).isEqualTo(origin.run().value());
    assertThat(all.getJsonObject(0).getString("state")).isEqualTo("recorded");
    assertThat(frames(server.get(run + "/frames?kind=numbers"))).hasSize(41);
  }

  @Test
  void wrong_parameters_are_named() throws Exception {
    assertThat(json(run + "/frames?kind=nonsense").getString("error"))
        .startsWith("kind must be one of")
        .endsWith("nonsense");
    assertThat(json(run + "/frames?kind=numbers&most=0").getString("error"))
        .isEqualTo("most must be between 1 and 10000: 0");
    assertThat(json(run + "/moment?iteration=-1").getString("error"))
        .isEqualTo("iteration must be a whole number of at least 0: -1");
    assertThat(server.get(run + "/layers/nowhere/units/0").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/runs/00000000000000000000000000").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void pages_of_the_application_are_answered() throws Exception {
    for (String path : List.of("/", "/runs", "/runs/" + origin.run())) {
      assertThat(server.send(server.request(path)).statusCode()).isEqualTo(200);
    }
    assertThat(server.send(server.request("/assets/nowhere.js")).statusCode()).isEqualTo(404);
  }

  private HttpResponse<byte[]> map(String query) throws Exception {
    return server.get(run + "/map." + query);
  }

  @Test
  void map_isDrawn_andSaysWhatIsNotThere() throws Exception {
    assertThat(TestServer.text(map("png?layer=dense1"))).contains("layer 'dense1' has no map");
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(Frames.map(origin, 42));
    }

    HttpResponse<byte[]> png = map("png?layer=dense1&iteration=420&size=200&theme=dark");
    assertThat(png.statusCode()).isEqualTo(200);
    assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
    var image = javax.imageio.ImageIO.read(new ByteArrayInputStream(png.body()));
    assertThat(image.getWidth()).isEqualTo(200);
    HttpResponse<byte[]> svg = map("svg?layer=dense1");
    assertThat(svg.headers().firstValue("Content-Type")).contains("image/svg+xml");
    assertThat(TestServer.text(svg))
        .startsWith("<svg")
        .contains("described \u00b7 dense1 \u00b7 activity");

    assertThat(map("png?layer=dens").statusCode()).isEqualTo(404);
    assertThat(TestServer.text(map("png?layer=dens")))
        .contains("layer 'dens' is not in the run; it has: dense1, out");
    assertThat(TestServer.text(map("png?layer=dense1&iteration=9999")))
        .contains("iteration must be between 10 and 420, where there are maps: 9999");
    assertThat(map("png").statusCode()).isEqualTo(400);
    assertThat(TestServer.text(map("png?layer=dense1&size=9")))
        .contains("size must be between 64 and 4096: 9");
    assertThat(TestServer.text(map("png?layer=dense1&theme=sepia")))
        .contains("theme must be one of light, dark: sepia");
  }
}
