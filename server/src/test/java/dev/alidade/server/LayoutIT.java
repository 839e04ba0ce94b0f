package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.wire.Origin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutIT {
  private static final int UNITS = 12;

  @TempDir Path folder;
  private TestServer server;
  private final Origin origin = Frames.origin();
  private final String run = "/api/v1/runs/" + origin.run();
  private final String layout = run + "/layers/dense1/layout";

  @BeforeEach
  void record() throws Exception {
    server = new TestServer(folder);
    float[] ring = new float[2 * UNITS];
    float[] profiles = new float[2 * UNITS];
    for (int u = 0; u < UNITS; u++) {
      ring[2 * u] = (float) Math.cos(u * 0.5);
      ring[2 * u + 1] = (float) Math.sin(u * 0.5);
      profiles[u] = ring[2 * u];
      profiles[UNITS + u] = ring[2 * u + 1];
    }
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.send(Frames.description(origin, 1, "dense1", "out"));
      agent.send(Frames.map(origin, 1, 10, ring, profiles));
      agent.send(Frames.map(origin, 2, 20, ring, profiles));
      agent.send(Frames.observations(origin, 2, 20, 16, UNITS));
      agent.send(Frames.map(origin, 3, 40, ring, profiles));
      agent.send(Frames.observations(origin, 3, 40, 16, UNITS));
      agent.store(Frames.numbers(origin, 4));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonObject map(String query) throws Exception {
    HttpResponse<byte[]> response = server.get(layout + query);
    assertThat(response.statusCode()).as(TestServer.text(response)).isEqualTo(200);
    return new JsonObject(TestServer.text(response));
  }

  private void fails(int status, String path, String error) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertThat(TestServer.text(response)).isEqualTo(new JsonObject().put("error", error).encode());
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void newest_observations_are_laid_out_in_the_pose_of_the_live_map() throws Exception {
    JsonObject map = map("?method=pca");

    assertThat(map.getLong("iteration")).isEqualTo(40);
    assertThat(map.getString("layer")).isEqualTo("dense1");
    assertThat(map.getString("method")).isEqualTo("pca");
    assertThat(map.getString("distance")).isEqualTo("cosine");
    assertThat(map.getString("basis")).isEqualTo("observations");
    assertThat(map.getDouble("seconds")).isPositive();
    assertThat(map.getJsonArray("dead")).isEmpty();
    assertThat(map.getJsonObject("quality").getDouble("trustworthiness")).isGreaterThan(0.9);
    JsonArray positions = map.getJsonArray("positions");
    assertThat(positions).hasSize(2 * UNITS);
    for (int u = 0; u < UNITS; u++) {
      // The units' phases are those of the ring, so that the map must lie as the ring does.
      assertThat(positions.getDouble(2 * u)).isCloseTo(Math.cos(u * 0.5), within(0.35));
      assertThat(positions.getDouble(2 * u + 1)).isCloseTo(Math.sin(u * 0.5), within(0.35));
    }
  }

  @Test
  void hybrid_distance_and_earlier_moment_can_be_asked_for() throws Exception {
    JsonObject map = map("?method=umap%2Bpso&distance=correlation&iteration=39");

    assertThat(map.getLong("iteration")).isEqualTo(20);
    assertThat(map.getString("method")).isEqualTo("umap+pso");
    assertThat(map("?method=umap+pso&distance=correlation&iteration=39")).isEqualTo(map);
  }

  @Test
  void profiles_of_the_picture_serve_where_no_observations_are() throws Exception {
    assertThat(map("?method=pca&basis=profiles").getLong("iteration")).isEqualTo(40);
    assertThat(map("?method=pca&basis=profiles&iteration=19").getLong("iteration")).isEqualTo(10);
  }

  @Test
  void layer_can_be_named_by_its_index() throws Exception {
    HttpResponse<byte[]> response = server.get(run + "/layers/0/layout?method=pca");

    assertThat(new JsonObject(TestServer.text(response)).getString("layer")).isEqualTo("dense1");
  }

  @Test
  void wrong_questions_name_what_exists() throws Exception {
    fails(
        400,
        layout + "?method=mds",
        "unknown layout 'mds'; known: live, pca, som, graph, tsne, umap, pso, pca+pso, som+pso,"
            + " graph+pso, tsne+pso, umap+pso");
    fails(
        400,
        layout,
        "method must be given; known: pca, som, graph, tsne, umap, pso, pca+pso, som+pso,"
            + " graph+pso, tsne+pso, umap+pso");
    fails(
        400,
        layout + "?method=pca&distance=l1",
        "unknown distance 'l1'; known: cosine, correlation, euclidean");
    fails(
        400,
        layout + "?method=pca&basis=rows",
        "unknown basis 'rows'; known: observations, profiles");
    fails(
        400,
        layout + "?method=pca&iteration=soon",
        "iteration must be a whole number of at least 0: soon");
    fails(
        404,
        run + "/layers/dense/layout?method=pca",
        "layer 'dense' is not in the run; it has: dense1, out");
  }

  @Test
  void missing_observations_are_a_conflict() throws Exception {
    fails(
        409,
        layout + "?method=pca&iteration=15",
        "no observations of layer 'dense1' are stored at or before iteration 15");
    fails(
        409,
        run + "/layers/out/layout?method=pca&basis=profiles",
        "no observations or profiles of layer 'out' are stored");
  }
}
