package dev.alidade.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.alidade.examples.digits.DigitBatches;
import dev.alidade.examples.digits.DrawnDigits;
import dev.alidade.listener.Alidade;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a training through the listener and the real server to whoever reads there. */
@Timeout(180)
class EndToEndIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<Kind> STORED =
      List.of(Kind.KIND_DESCRIPTION, Kind.KIND_NUMBERS, Kind.KIND_UNITS, Kind.KIND_PICTURE);

  @TempDir Path folder;
  private Path agentFolder;

  @BeforeEach
  void nameFolders() {
    agentFolder = folder.resolve("agent");
  }

  @Test
  void frames_askedOfTheServer_areTheBytesThatTheAgentRecorded() throws Exception {
    try (RestartableServer server = new RestartableServer(folder)) {
      Path recording;
      try (Alidade alidade = watch(server)) {
        recording = Path.of(alidade.recording());
        MultiLayerNetwork network = BackgroundTraining.network();
        network.setListeners(alidade.listener());
        network.fit(new DigitBatches(new DrawnDigits(1), 16, 60));
        await().atMost(PATIENCE).until(() -> alidade.status().inFlight() == 0);
        await().atMost(PATIENCE).until(() -> uploaded(server, recording));
      }
      String run = run(recording);

      for (Kind kind : STORED) {
        List<ByteString> own = new ArrayList<>(frames(recording, kind).values());
        assertThat(own).as("frames of %s in the recording", kind).isNotEmpty();
        assertThat(ask(server, run, kind)).as("frames of %s by REST", kind).isEqualTo(own);
      }
      assertThat(frames(recording, Kind.KIND_NUMBERS)).hasSizeGreaterThan(20);
    }
  }

  @Test
  void server_restartedWhileTraining_hasEverythingOnceInTheEnd() throws Exception {
    try (RestartableServer server = new RestartableServer(folder)) {
      Path recording;
      try (Alidade alidade = watch(server);
          BackgroundTraining training = new BackgroundTraining(alidade.listener())) {
        recording = Path.of(alidade.recording());
        await().atMost(PATIENCE).until(() -> alidade.status().server().equals("streaming"));
        awaitSamples(alidade, 20);
        server.stop();
        awaitSamples(alidade, 20);
        server.start();
        await().atMost(PATIENCE).until(() -> alidade.status().server().equals("streaming"));
        awaitSamples(alidade, 20);
        training.close();
        await().atMost(PATIENCE).until(() -> uploaded(server, recording));
      }
      server.stop();

      assertSame(server, recording);
      server.start();
    }
  }

  @Test
  void server_absentAtTheStart_getsEverythingWhenItAppears() throws Exception {
    try (RestartableServer server = new RestartableServer(folder)) {
      server.stop();
      Path recording;
      try (Alidade alidade = watch(server);
          BackgroundTraining training = new BackgroundTraining(alidade.listener())) {
        recording = Path.of(alidade.recording());
        awaitSamples(alidade, 30);
        assertThat(alidade.status().server()).isNotEqualTo("streaming");
        server.start();
        await().atMost(PATIENCE).until(() -> alidade.status().server().equals("streaming"));
        training.close();
        await().atMost(PATIENCE).until(() -> uploaded(server, recording));
      }
      server.stop();

      assertSame(server, recording);
      server.start();
    }
  }

  private Alidade watch(RestartableServer server) {
    return Alidade.builder()
        .run("end to end")
        .every(2)
        .folder(agentFolder)
        .server(server.uri().toString())
        .tokens(server.tokens())
        .analysisBudget(1)
        .drainSeconds(30)
        .start();
  }

  private static void awaitSamples(Alidade alidade, int more) {
    long wanted = alidade.status().stored() + more;
    await().atMost(PATIENCE).until(() -> alidade.status().stored() >= wanted);
  }

  /** Whether the server's file has every sample of the agent's. */
  private static boolean uploaded(RestartableServer server, Path recording) throws IOException {
    Path stored = server.file(run(recording));
    return Files.exists(stored)
        && frames(stored, Kind.KIND_NUMBERS)
            .keySet()
            .containsAll(frames(recording, Kind.KIND_NUMBERS).keySet());
  }

  private static void assertSame(RestartableServer server, Path recording) throws IOException {
    Path stored = server.file(run(recording));
    for (Kind kind : STORED) {
      SortedMap<Long, ByteString> own = frames(recording, kind);
      SortedMap<Long, ByteString> there = frames(stored, kind);
      assertThat(own).as("frames of %s in the recording", kind).isNotEmpty();
      assertThat(there.keySet()).as("seq of %s on the server", kind).isEqualTo(own.keySet());
      assertThat(new ArrayList<>(there.values()))
          .as("bytes of %s on the server", kind)
          .isEqualTo(new ArrayList<>(own.values()));
    }
  }

  /** Frames of a kind by seq; fails when one is there twice. */
  private static SortedMap<Long, ByteString> frames(Path file, Kind kind) throws IOException {
    SortedMap<Long, ByteString> frames = new TreeMap<>();
    try (RecordingReader reader = RecordingReader.open(file)) {
      long position = 0;
      List<StoredFrame> part = reader.after(position, 1000, 64 << 20);
      while (!part.isEmpty()) {
        for (StoredFrame stored : part) {
          position = stored.position();
          if (stored.frame().kind() == kind) {
            ByteString before =
                frames.put(stored.frame().seq(), ByteString.copyFrom(stored.frame().bytes()));
            assertThat(before).as("%s is there twice", stored.frame()).isNull();
          }
        }
        part = reader.after(position, 1000, 64 << 20);
      }
    }
    return frames;
  }

  private static String run(Path recording) throws IOException {
    try (RecordingReader reader = RecordingReader.open(recording)) {
      return reader.run().value();
    }
  }

  private static List<ByteString> ask(RestartableServer server, String run, Kind kind)
      throws Exception {
    String name = kind.name().substring("KIND_".length()).toLowerCase(Locale.ROOT);
    URI uri = server.uri().resolve("/api/v1/runs/" + run + "/frames?kind=" + name + "&most=10000");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + viewToken(server.tokens()))
            .build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    List<ByteString> frames = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(response.body());
    while (!in.isAtEnd()) {
      frames.add(in.readBytes());
    }
    return frames;
  }

  private static String viewToken(Path tokens) throws IOException {
    return Files.readAllLines(tokens).stream()
        .filter(line -> line.startsWith("view="))
        .map(line -> line.substring("view=".length()).trim())
        .findFirst()
        .orElseThrow();
  }
}
