package dev.alidade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's jar on programs in processes of their own. */
class AgentIT {
  private static final Path AGENT = Path.of("target/alidade-agent.jar").toAbsolutePath();
  private static final int LIMIT_SECONDS = 120;

  @TempDir Path folder;

  private record Ended(int code, String out) {
    String line(String start) {
      return out.lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
    }
  }

  /** The program's class path: the framework and the test classes, nothing of ours. */
  private static String classPath() {
    List<String> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      String name = String.valueOf(Path.of(entry).getFileName());
      boolean ours =
          entry.contains("alidade-")
              || (entry.endsWith("classes") && !entry.endsWith("test-classes"))
              || (entry.contains("/agent/") && !entry.contains("javaagent/target/test-classes"));
      boolean hidden =
          name.startsWith("protobuf-java")
              || name.startsWith("sqlite-jdbc")
              || name.startsWith("byte-buddy");
      if (!ours && !hidden) {
        path.add(entry);
      }
    }
    return String.join(java.io.File.pathSeparator, path);
  }

  private Process start(String agent, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath()));
    if (!agent.isEmpty()) {
      command.add(agent);
    }
    command.add("dev.alidade.agent.Training");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.redirectOutput(folder.resolve("out.txt").toFile());
    return builder.start();
  }

  private Ended run(String agent, String... arguments) throws Exception {
    Process process = start(agent, arguments);
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(folder.resolve("out.txt")));
  }

  private String agent(String more) {
    return "-javaagent:%s=every=1,server=none,run=unseen,folder=%s%s"
        .formatted(AGENT, folder.resolve("runs"), more);
  }

  private Path recording() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
      return files.filter(file -> file.toString().endsWith(".alidade")).findFirst().orElseThrow();
    }
  }

  @Test
  void program_isWatched_andChangedInNothing() throws Exception {
    Ended alone = run("", "12", "return");
    Ended watched = run(agent(""), "12", "return");

    assertThat(watched.code()).as(watched.out()).isZero();
    assertThat(watched.line("parameters")).isNotEmpty().isEqualTo(alone.line("parameters"));
    assertThat(watched.line("visible")).isEqualTo("visible none");
    try (RecordingReader reader = RecordingReader.open(recording())) {
      StoredFrame described = reader.last(Kind.KIND_DESCRIPTION).orElseThrow();
      Description description = described.frame().payload(Description.parser());
      assertThat(description.getLayersList())
          .extracting(Layer::getName)
          .hasSize(4)
          .anyMatch(name -> name.contains("first"))
          .anyMatch(name -> name.contains("hidden"));
      // Twelve of each network, setListeners in between included.
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(24);
      assertThat(reader.last(Kind.KIND_END)).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "throw"})
  void recording_isWhole_howeverTheProgramEnds(String end) throws Exception {
    run(agent(""), "6", end);

    try (RecordingReader reader = RecordingReader.open(recording())) {
      assertThat(reader.count(Kind.KIND_NUMBERS)).isEqualTo(12);
      assertThat(reader.last(Kind.KIND_END)).isPresent();
      assertThat(reader.verify()).isEmpty();
    }
  }

  @Test
  void disabled_itDoesNothing() throws Exception {
    Ended ended = run(agent(",enabled=false"), "3", "return");

    assertThat(ended.code()).isZero();
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {",evry=3", ",every=none", ",nonsense"})
  void badOption_isOneLine_andTheProgramRuns(String more) throws Exception {
    Ended ended = run(agent(more), "3", "return");

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.out().lines().filter(line -> line.startsWith("[alidade] does not watch: ")))
        .as(ended.out())
        .hasSize(1);
  }

  @Test
  void runningProgram_isAttachedTo_andLeftAgain() throws Exception {
    Process process = start("", "0", "return");
    try {
      await("ready", 60);
      String options =
          "every=1,server=none,run=attached,folder=%s".formatted(folder.resolve("runs"));
      assertThat(attach(String.valueOf(process.pid()), options)).isZero();
      awaitRecording();
      assertThat(attach(String.valueOf(process.pid()), options)).isZero();
      await("[alidade] is attached already", 60);
      assertThat(attach(String.valueOf(process.pid()), "detach")).isZero();
      await("[alidade] is detached", 60);
      try (RecordingReader reader = RecordingReader.open(recording())) {
        assertThat(reader.last(Kind.KIND_END)).isPresent();
        assertThat(reader.count(Kind.KIND_NUMBERS)).isPositive();
      }
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  @Test
  void noJvmUnderAPid_isOneLine() throws Exception {
    assertThat(attach("999999999", "")).isEqualTo(1);
  }

  private static int attach(String pid, String options) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                AGENT.toString(),
                pid,
                options)
            .inheritIO()
            .start();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private void await(String text, int seconds) {
    org.awaitility.Awaitility.await()
        .atMost(seconds, TimeUnit.SECONDS)
        .until(() -> Files.readString(folder.resolve("out.txt")).contains(text));
  }

  private void awaitRecording() {
    org.awaitility.Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(
            () -> {
              try (RecordingReader reader = RecordingReader.open(recording())) {
                return reader.count(Kind.KIND_NUMBERS) > 4;
              }
            });
  }
}
