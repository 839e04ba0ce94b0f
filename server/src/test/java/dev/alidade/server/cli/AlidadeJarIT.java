package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file that users run, as they run it. */
class AlidadeJarIT {
  private static final Path JAR = Path.of("target", "alidade.jar").toAbsolutePath();

  @TempDir Path folder;

  private Process start(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder,
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  @Test
  void a_recording_is_inspected() throws Exception {
    Path file = SampleRun.write(folder.resolve("run.alidade"), "größer", false);

    Process process = start("inspect", file.toString());

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("name        gr", "check       every frame has its checksum");
  }

  @Test
  void an_error_is_one_line_and_a_code() throws Exception {
    Process process = start("inspect", "none.alidade");

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output)
        .isEqualTo(
            "alidade: none.alidade: recording must be a file that exists" + System.lineSeparator());
  }

  @Test
  void a_demo_that_is_asked_to_end_takes_its_files_with_it() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path file = SampleRun.write(folder.resolve("run.alidade"), "mnist", false);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + folder,
            "-Djava.io.tmpdir=" + temporary,
            "-jar",
            JAR.toString(),
            "demo",
            "--port",
            "0",
            "--file",
            file.toString());
    Process process = builder.redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = new ArrayList<>();
      String line = output.readLine();
      while (line != null && !line.contains("replayed")) {
        lines.add(line);
        line = output.readLine();
      }
      assertThat(line).as("%s", lines).isEqualTo("8 frames replayed; the run stays until Ctrl-C.");
      assertThat(lines.get(0)).matches("Dashboard: http://127\\.0\\.0\\.1:[0-9]+/#token=.{32,}");
      assertThat(demoFolders(temporary)).isEqualTo(1);
      process.toHandle().destroy();
      process.waitFor();
    }
    assertThat(demoFolders(temporary)).isZero();
  }

  private static long demoFolders(Path temporary) throws Exception {
    try (var files = Files.list(temporary)) {
      return files.filter(f -> f.getFileName().toString().startsWith("alidade-demo")).count();
    }
  }

  @Test
  void the_parts_of_the_libraries_are_joined() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo(AlidadeCommand.class.getName());
      assertThat(jar.stream().map(JarEntry::getName))
          .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
          .contains("META-INF/services/java.sql.Driver", "LICENSE", "META-INF/LICENSE");
    }
  }
}
