package dev.alidade.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that a test wants: found, or installed where the build may, or the test says how. */
final class Programs {
  private static final int MOST_MINUTES = 5;

  private Programs() {}

  static void assumeInstalled(String program, String debianPackage)
      throws IOException, InterruptedException {
    if (!isInstalled(program) && mayInstall()) {
      run("apt-get", "update");
      run("apt-get", "install", "-y", "--no-install-recommends", debianPackage);
    }
    assumeTrue(
        isInstalled(program), program + " is not installed: apt-get install " + debianPackage);
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private static boolean mayInstall() {
    return "root".equals(System.getProperty("user.name")) && isInstalled("apt-get");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command));
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
  }
}
