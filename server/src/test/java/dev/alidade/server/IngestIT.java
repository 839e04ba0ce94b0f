package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Welcome;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestIT {
  @TempDir Path folder;
  private TestServer server;
  private final Origin origin = Frames.origin();

  @BeforeEach
  void start() {
    server = new TestServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void frames_are_acknowledged_and_shown_in_the_list() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(Frames.description(origin, 1, "dense1", "out"));
      agent.store(
          Frames.numbers(origin, 1), Frames.picture(origin, 1, 1000), Frames.numbers(origin, 2));

      JsonObject run = new JsonObject(TestServer.text(server.get("/api/v1/runs/" + origin.run())));
      assertThat(run.getString("state")).isEqualTo("live");
      assertThat(run.getString("name")).isEqualTo("a run");
      assertThat(run.getLong("samples")).isEqualTo(2);
      assertThat(run.getLong("pictures")).isEqualTo(1);
      assertThat(run.getLong("iteration")).isEqualTo(20);
      assertThat(run.getInteger("layers")).isEqualTo(2);
      assertThat(run.getLong("dropped")).isEqualTo(2);
      assertThat(run.getJsonArray("scores")).containsExactly(10.0, 20.0);
    }
  }

  @Test
  void restart_keeps_everything_that_was_acknowledged() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      for (int seq = 1; seq <= 50; seq++) {
        agent.send(Frames.numbers(origin, seq));
      }
      agent.store(Frames.numbers(origin, 51));
    }
    server.restart();

    try (FakeAgent agent = new FakeAgent(server, origin)) {
      Welcome welcome = agent.hello();
      assertThat(FakeAgent.highest(welcome.getStoredList(), Kind.KIND_NUMBERS)).isEqualTo(51);
      assertThat(welcome.getMostFrameBytes()).isEqualTo(Frame.MOST_BYTES);
      assertThat(welcome.getCreditBytes()).isPositive();
      // Sent again, stored once.
      agent.store(Frames.numbers(origin, 51), Frames.numbers(origin, 52));
      JsonObject run = new JsonObject(TestServer.text(server.get("/api/v1/runs/" + origin.run())));
      assertThat(run.getLong("samples")).isEqualTo(52);
    }
  }

  @Test
  void newer_connection_of_the_same_process_wins() throws Exception {
    try (FakeAgent older = FakeAgent.welcomed(server, origin);
        FakeAgent newer = FakeAgent.welcomed(server, origin)) {
      assertThat(older.refusal()).contains("newer connection");
      assertThat(older.closeCode()).isEqualTo(1008);
      newer.store(Frames.numbers(origin, 1));
    }
  }

  @Test
  void missing_or_wrong_token_is_turned_away() {
    assertThatThrownBy(() -> new Socket(server.uri(), "/ingest", true))
        .hasStackTraceContaining("401");
    assertThatThrownBy(
            () -> new Socket(server.uri(), "/ingest", true, "Authorization", "Bearer nonsense"))
        .hasStackTraceContaining("401");
    assertThatThrownBy(
            () ->
                new Socket(
                    server.uri(),
                    "/ingest",
                    true,
                    "Authorization",
                    "Bearer " + server.token("control")))
        .hasStackTraceContaining("403");
  }

  @Test
  void nonsense_is_refused_by_rule_and_value() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.sendBytes(new byte[] {1, 2, 3});
      assertThat(agent.refusal()).contains("must be an alidade.v1 envelope");
      assertThat(agent.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void first_message_must_be_hello() throws Exception {
    try (FakeAgent agent = new FakeAgent(server, origin)) {
      agent.send(Frames.numbers(origin, 1));
      assertThat(agent.refusal()).isEqualTo("the first message must be HELLO: KIND_NUMBERS");
    }
  }

  @Test
  void frames_of_another_run_or_worker_are_refused() throws Exception {
    Origin otherRun = Frames.origin();
    Origin otherWorker = new Origin(origin.run(), 7, origin.incarnation());
    for (Origin other : List.of(otherRun, otherWorker)) {
      try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
        agent.send(Frames.numbers(other, 1));
        assertThat(agent.refusal()).contains("origin of HELLO").contains(other.toString());
      }
    }
  }

  @Test
  void conversation_is_not_stored() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.send(Frames.hello(origin, "again"));
      assertThat(agent.refusal()).isEqualTo("frame must be of a stored kind: KIND_HELLO");
    }
  }

  @Test
  void text_is_refused() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.sendText("hello");
      assertThat(agent.refusal()).isEqualTo("a message must be binary");
    }
  }

  @Test
  void frame_that_is_a_little_too_large_is_refused_by_name() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.sendBytes(new byte[Frame.MOST_BYTES + 1]);
      assertThat(agent.refusal()).contains("frame must be at most 8388608 bytes: 8388609");
    }
  }

  @Test
  void message_that_is_much_too_large_closes_with_1009() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      for (int part = 0; part < 3; part++) {
        agent.sendPart(new byte[Frame.MOST_BYTES / 2]);
      }
      assertThat(agent.refusal()).contains("frame must be at most 8388608 bytes");
      assertThat(agent.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void silent_newcomer_is_refused() throws Exception {
    server.close();
    Limits impatient =
        new Limits(
            Duration.ofMillis(50),
            TestServer.QUICK.kick(),
            TestServer.QUICK.ping(),
            TestServer.QUICK.silence(),
            TestServer.QUICK.live(),
            TestServer.QUICK.idle());
    server = new TestServer(folder, impatient, builder -> builder);
    try (FakeAgent agent = new FakeAgent(server, origin)) {
      assertThat(agent.refusal()).isEqualTo("HELLO must come within 50 ms");
    }
  }

  @Test
  void full_recording_is_refused_by_name() throws Exception {
    server.close();
    server = new TestServer(folder, TestServer.QUICK, builder -> builder.mostRunBytes(1 << 20));
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      for (int seq = 1; seq <= 8 && !agent.closed.isDone(); seq++) {
        agent.send(Frames.picture(origin, seq, 300_000));
      }
      assertThat(agent.refusal()).contains("mostRunBytes");
    }
  }
}
