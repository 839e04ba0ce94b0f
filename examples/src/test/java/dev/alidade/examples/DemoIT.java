package dev.alidade.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.recording.RecordingReader;
import dev.alidade.wire.proto.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int demo(String... more) {
    String[] args =
        Stream.concat(
                Stream.of(
                    "--no-wait",
                    "--runs=" + folder.resolve("server"),
                    "--folder=" + folder.resolve("agent"),
                    "--tokens=" + folder.resolve("tokens")),
                Stream.of(more))
            .toArray(String[]::new);
    return Examples.run(new PrintWriter(out, true), new PrintWriter(err, true), new Demo(), args);
  }

  @Test
  void demo_short_printsAddressAndProgressAndLeavesTheRunOnTheServer() throws IOException {
    assertThat(demo("--port=0", "--seconds=8", "--epochs=1")).as(err.toString()).isZero();

    assertThat(out.toString())
        .containsPattern("http://127\\.0\\.0\\.1:\\d+/#token=\\S{40,}")
        .containsPattern(
            "iteration \\d+  epoch 1  score \\d\\.\\d+  samples \\d+, dropped \\d+  \\S+ to"
                + " http://127\\.0\\.0\\.1:\\d+");
    try (Stream<Path> files = Files.list(folder.resolve("server"))) {
      List<Path> runs = files.filter(file -> file.toString().endsWith(".alidade")).toList();
      assertThat(runs).hasSize(1);
      try (RecordingReader reader = RecordingReader.open(runs.get(0))) {
        assertThat(reader.name()).isEqualTo("digits-lenet");
        assertThat(reader.count(Kind.KIND_NUMBERS)).isPositive();
        assertThat(reader.count(Kind.KIND_PICTURE)).isPositive();
        assertThat(reader.count(Kind.KIND_END)).isEqualTo(1);
      }
    }
  }

  @Test
  void demo_dataWithoutFiles_endsWithOneLineThatNamesThem() {
    assertThat(demo("--port=0", "--data=" + folder)).isEqualTo(1);

    assertThat(err.toString().strip())
        .isEqualTo(
            "data folder "
                + folder
                + " must contain t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void demo_portInUse_takesTheNextFreeOneAndSaysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThat(demo("--port=" + port, "--seconds=2", "--epochs=1")).isZero();

      assertThat(out.toString()).containsPattern("Port " + port + " is in use; taking \\d+\\.");
    }
  }

  @Test
  void demo_everyZero_endsWithOneLine() {
    assertThat(demo("--port=0", "--every=0")).isEqualTo(1);

    assertThat(err.toString().strip()).isEqualTo("every must be at least 1: 0");
  }
}
