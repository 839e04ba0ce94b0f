package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.server.AlidadeServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCommandIT {
  @TempDir Path folder;

  private static HttpResponse<String> send(AlidadeServer server, String method, String path) {
    String token = server.link().getFragment().replace("token=", "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_recording_is_shown_from_where_it_lies_and_stays_as_it_is() throws Exception {
    Path file = SampleRun.write(folder.resolve("run.alidade"), "mnist", false);
    byte[] before = Files.readAllBytes(file);
    String run = SampleRun.ORIGIN.run().value();

    Cli result =
        Cli.run(
            server -> {
              assertThat(send(server, "GET", "/api/v1/runs").body()).contains(run, "mnist");
              assertThat(send(server, "GET", "/api/v1/runs/" + run).statusCode()).isEqualTo(200);
              assertThat(send(server, "GET", "/api/v1/runs/" + run + "/frames?kind=numbers").body())
                  .isNotEmpty();
              assertThat(send(server, "DELETE", "/api/v1/runs/" + run).statusCode()).isEqualTo(409);
              try (var copies = Files.list(server.settings().data())) {
                assertThat(copies).isEmpty();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            "open",
            file.toString(),
            "--tokens",
            folder.resolve("tokens").toString());

    assertThat(result.assertSucceeds().out())
        .startsWith(file + ": http://127.0.0.1:")
        .contains("/#token=")
        .contains("&run/" + run);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void what_is_no_recording_is_one_line_before_anything_starts() throws Exception {
    Path file = Files.writeString(folder.resolve("x.alidade"), "no recording");

    Cli result = Cli.run("open", file.toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).startsWith("alidade: " + file + ": is not a readable recording");
    assertThat(result.out()).isEmpty();
  }
}
