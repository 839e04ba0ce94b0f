package dev.alidade.server.cli;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.Recordings.Salvaged;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be saved of a damaged recording. */
@Command(
    name = "repair",
    description = {
      "Makes a sound recording of every whole frame in a truncated or damaged one, which is only",
      "read. Nothing may be writing it meanwhile."
    })
final class RepairCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The damaged recording.")
  private Path file = Path.of("");

  @Mixin private OutputOptions options = new OutputOptions();

  @Override
  public Integer call() throws RecordingException {
    Salvaged salvaged = dev.alidade.recording.Recordings.repair(file, options.output());
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %d frames of run %s, %d damaged%n",
            Plain.text(options.output().toString()),
            salvaged.frames(),
            salvaged.run(),
            salvaged.damaged());
    return 0;
  }
}
