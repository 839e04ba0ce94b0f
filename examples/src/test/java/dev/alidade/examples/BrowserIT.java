package dev.alidade.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.listener.Alidade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real page against the real server and a real training: runs the dashboard's Playwright specs
 * ({@code dashboard/e2e}, whose README says what they expect) in the system's Chromium.
 */
class BrowserIT {
  private static final Path DASHBOARD = Path.of("..", "dashboard").toAbsolutePath().normalize();
  private static final long MOST_MINUTES = 8;

  @TempDir Path folder;

  @Test
  void page_onALiveTraining_passesItsSpecs() throws Exception {
    assertThat(DASHBOARD.resolve("node_modules/@playwright/test"))
        .as("the browser test needs the dashboard's packages: run 'npm ci' in dashboard")
        .isDirectory();
    findBrowser();
    try (RestartableServer server = new RestartableServer(folder);
        Alidade alidade =
            Alidade.builder()
                .run("browser")
                .every(4)
                .folder(folder.resolve("agent"))
                .server(server.uri().toString())
                .tokens(server.tokens())
                .start();
        BackgroundTraining training = new BackgroundTraining(alidade.listener())) {
      int status = playwright(server);

      assertThat(status).as("exit of Playwright, see its output above").isZero();
    }
  }

  /** Installs one where that is possible; otherwise its one line of advice fails the test. */
  private static void findBrowser() throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder("node", "e2e/browser.mjs")
            .directory(DASHBOARD.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(node.waitFor()).as(said).isZero();
  }

  private static int playwright(RestartableServer server) throws Exception {
    Path log = Files.createDirectories(Path.of("target", "browser")).resolve("playwright.log");
    ProcessBuilder builder =
        new ProcessBuilder("npm", "run", "--silent", "e2e")
            .directory(DASHBOARD.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("ALIDADE_LINK", server.link().toString());
    builder.environment().put("ALIDADE_CONTROL", server.control().toString());
    builder.environment().put("ALIDADE_RUN", "browser");
    builder.environment().put("FORCE_COLOR", "0");
    Process npm = builder.start();
    try {
      boolean ended = npm.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
      System.out.println(Files.readString(log));
      assertThat(ended).as("Playwright ended within %d minutes", MOST_MINUTES).isTrue();
      return npm.exitValue();
    } finally {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly();
    }
  }
}
