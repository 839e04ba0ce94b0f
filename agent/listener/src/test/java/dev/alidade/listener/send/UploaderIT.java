package dev.alidade.listener.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.alidade.listener.capture.Failures;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.WriterOptions;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploaderIT {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Origin origin;
  private RecordingWriter writer;
  private Path tokens;
  private long seq;

  @BeforeEach
  void record() throws IOException {
    origin = new Origin(RunId.at(1), 0, 1);
    tokens = folder.resolve("tokens");
    writer =
        RecordingWriter.create(
            folder.resolve("run.alidade"), origin.run(), "run", WriterOptions.defaults());
  }

  @AfterEach
  void close() {
    writer.close();
  }

  private Uploader uploader(FakeServer server) {
    Uploader uploader =
        new Uploader(
            new Uploader.Route(server.uri(), tokens, origin, "test", "run"),
            writer,
            new Failures());
    uploader.start();
    return uploader;
  }

  private void note(int count) {
    for (int i = 0; i < count; i++) {
      Note note = Note.newBuilder().setText("note " + i).build();
      writer.offer(Frame.encode(origin, Kind.KIND_NOTE, ++seq, 0, 0, note));
    }
    assertThat(writer.flush(LONG)).isTrue();
  }

  private static void awaitStored(FakeServer server, int count) {
    await().atMost(LONG).until(() -> server.stored.size() >= count);
  }

  @Test
  void framesBeforeAndAfterTheConnection_arriveInOrderAndOnce() throws Exception {
    note(500);
    try (FakeServer server = new FakeServer()) {
      Uploader uploader = uploader(server);
      awaitStored(server, 500);
      assertThat(uploader.state()).isEqualTo(Uploader.State.STREAMING);
      note(3);
      awaitStored(server, 503);
      assertThat(uploader.close(LONG)).isTrue();
      assertThat(server.stored).extracting(Frame::seq).isEqualTo(rising(503));
    }
    writer.close();
    try (RecordingReader reader = RecordingReader.open(writer.file())) {
      assertThat(reader.acknowledged(origin)).containsEntry(Kind.KIND_NOTE, 503L);
    }
  }

  @Test
  void connectionThatIsCut_isMadeAgainAndContinuesWhereTheServerIs() throws Exception {
    note(200);
    try (FakeServer server = new FakeServer()) {
      server.cutAfter = 50;
      Uploader uploader = uploader(server);
      awaitStored(server, 200);
      assertThat(uploader.close(LONG)).isTrue();
      assertThat(server.connections).hasValue(2);
      assertThat(server.stored).extracting(Frame::seq).isEqualTo(rising(200));
    }
  }

  @Test
  void serverThatComesLater_getsEverything() throws Exception {
    int port;
    try (FakeServer gone = new FakeServer()) {
      port = gone.port();
    }
    note(20);
    Uploader uploader =
        new Uploader(
            new Uploader.Route(
                java.net.URI.create("http://127.0.0.1:" + port), tokens, origin, "test", "run"),
            writer,
            new Failures());
    uploader.start();
    note(20);
    try (FakeServer server = new FakeServer(port)) {
      awaitStored(server, 40);
      assertThat(uploader.close(LONG)).isTrue();
      assertThat(server.stored).extracting(Frame::seq).isEqualTo(rising(40));
    }
  }

  @Test
  void tokenThatChanges_isReadAgainAfterARefusal() throws Exception {
    note(5);
    Files.writeString(tokens, "ingest=old\nview=v\n");
    try (FakeServer server = new FakeServer()) {
      server.token = "new";
      Uploader uploader = uploader(server);
      await().atMost(LONG).until(() -> uploader.state() == Uploader.State.REFUSED);
      Files.writeString(tokens, "view=v\ningest=new\n");
      awaitStored(server, 5);
      assertThat(server.authorisations).startsWith("Bearer old").endsWith("Bearer new");
      assertThat(uploader.close(LONG)).isTrue();
    }
  }

  @Test
  void credit_boundsWhatIsInFlight() throws Exception {
    note(300);
    try (FakeServer server = new FakeServer()) {
      server.creditBytes = 1000;
      server.acknowledgeEvery = 1_000_000; // only once nothing more comes
      Uploader uploader = uploader(server);
      awaitStored(server, 300);
      assertThat(uploader.close(LONG)).isTrue();
      int frameBytes = server.stored.get(299).bytes().length;
      assertThat(server.mostInFlightBytes.get()).isBetween(500, 1000 + frameBytes);
      assertThat(server.stored).extracting(Frame::seq).isEqualTo(rising(300));
    }
  }

  @Test
  void refusal_isShownAndTriedAgain() throws Exception {
    note(1);
    try (FakeServer server = new FakeServer()) {
      server.refusal = "full";
      Uploader uploader = uploader(server);
      await().atMost(LONG).until(() -> uploader.state() == Uploader.State.REFUSED);
      server.refusal = "";
      awaitStored(server, 1);
      assertThat(uploader.close(LONG)).isTrue();
    }
  }

  @Test
  void closeWithoutAServer_returnsSoon() throws Exception {
    FakeServer server = new FakeServer();
    server.close();
    note(1);
    Uploader uploader = uploader(server);
    assertThat(uploader.close(LONG)).isTrue();
    assertThat(uploader.state()).isEqualTo(Uploader.State.OFF);
  }

  private static List<Long> rising(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }
}
