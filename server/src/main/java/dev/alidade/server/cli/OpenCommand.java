package dev.alidade.server.cli;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.server.AlidadeServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recordings on the page, from where they lie. */
@Command(
    name = "open",
    description = {
      "Shows recordings on the page without copying them: starts a server on a free port, unless",
      "--port says which, and prints the link to each."
    })
final class OpenCommand implements Callable<Integer> {
  private final Stay stay;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files = new ArrayList<>();

  @Mixin private ServerOptions options = new ServerOptions();

  OpenCommand(Stay stay) {
    this.stay = stay;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (Path file : files) {
      RecordingReader.open(file).close(); // What is wrong is said before anything starts.
    }
    Path folder = Files.createTempDirectory("alidade-open");
    OnStop clean = new OnStop(() -> DemoCommand.delete(folder));
    try (AlidadeServer server = options.builderOnAnyPort().data(folder).start()) {
      show(server);
    } finally {
      clean.close();
    }
    return 0;
  }

  private void show(AlidadeServer server) throws RecordingException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    for (Path file : files) {
      out.println(Plain.text(file.toString()) + ": " + server.show(file));
    }
    out.println("Stop with Ctrl-C.");
    out.flush();
    stay.with(server);
  }
}
