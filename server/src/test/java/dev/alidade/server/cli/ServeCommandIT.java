package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandIT {
  @TempDir Path folder;

  private String[] with(String command, String... more) {
    String[] all = new String[more.length + 3];
    all[0] = command;
    all[1] = "--tokens";
    all[2] = folder.resolve("tokens").toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return all;
  }

  private static String get(URI address) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
          .body();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void serve_answers_until_it_is_stopped_and_prints_the_link() {
    AtomicReference<String> health = new AtomicReference<>("");
    AtomicReference<URI> link = new AtomicReference<>();

    Cli result =
        Cli.run(
            server -> {
              link.set(server.link());
              health.set(get(server.uri().resolve("/health")));
            },
            with("serve", "--port", "0", "--data", folder.resolve("data").toString()));

    assertThat(result.assertSucceeds().out())
        .startsWith("Dashboard: " + link.get() + System.lineSeparator())
        .contains("Runs are kept in " + folder.resolve("data") + "; stop with Ctrl-C.");
    assertThat(health.get()).isNotEmpty();
  }

  @Test
  void a_port_in_use_is_one_line() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      Cli.run(with("serve", "--port", port, "--data", folder.toString()))
          .assertFails(1, "port " + port + " on 127.0.0.1 is in use");
    }
  }

  @Test
  void bad_settings_are_one_line() {
    Cli.run(with("serve", "--port", "many")).assertFails(1, "port must be a whole number: many");
    Cli.run(with("serve", "--port", "70000")).assertFails(1, "port must be at most 65535: 70000");
    Cli.run(with("serve", "--most-viewers", "0"))
        .assertFails(1, "mostViewers must be at least 1: 0");
    Cli result = Cli.run(with("serve", "--host", "0.0.0.0"));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("alidade: host must be a loopback address unless ");
    Cli.run(with("serve", "--prot", "1"))
        .assertFails(
            2,
            "Unknown options: '--prot', '1'; known: --config, --data, --help, --host, --hosts,"
                + " --most-agents, --most-run-bytes, --most-viewers, --mostAgents, --mostRunBytes,"
                + " --mostViewers, --port, --rules, --title, --tls, --tls-certificate, --tls-key,"
                + " --tlsCertificate, --tlsKey, --tokens, -h");
  }

  @Test
  void demo_replays_a_recording_through_the_live_path_as_a_new_run() throws Exception {
    Path recording = SampleRun.write(folder.resolve("run.alidade"), "mnist", false);
    AtomicReference<String> runs = new AtomicReference<>("");

    Cli result =
        Cli.run(
            server -> {
              try (var files = Files.list(server.settings().data())) {
                Path stored =
                    files.filter(f -> f.toString().endsWith(".alidade")).findFirst().orElseThrow();
                runs.set(Cli.run("inspect", stored.toString()).out());
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
            },
            with("demo", "--port", "0", "--file", recording.toString(), "--speed", "1000"));

    assertThat(result.assertSucceeds().out())
        .contains("Replaying mnist; stop with Ctrl-C.")
        .contains("8 frames replayed; the run stays until Ctrl-C.");
    assertThat(runs.get())
        .contains("name        mnist")
        .doesNotContain(SampleRun.RUN.value())
        .containsPattern("numbers +3 ")
        .containsPattern("picture +3 ")
        .contains("the file is sound");
  }

  @Test
  void demo_with_a_bad_recording_is_one_line() throws Exception {
    Path text = Files.writeString(folder.resolve("x.alidade"), "no recording ".repeat(100));

    Cli result = Cli.run(with("demo", "--port", "0", "--file", text.toString()));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("alidade: " + text + ": is not a readable recording: ");
    Cli.run(with("demo", "--speed", "0")).assertFails(1, "--speed must be greater than 0: 0.0");
  }
}
