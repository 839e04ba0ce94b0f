package dev.alidade.server.cli;

import dev.alidade.recording.RecordingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Several recordings of one run become one. */
@Command(
    name = "merge",
    description = {
      "Joins recordings of the same run: of its workers, of its incarnations, or the agent's and",
      "the server's. A frame that is in several is stored once."
    })
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", arity = "2..*", description = "Recordings of one run.")
  private List<Path> files = new ArrayList<>();

  @Mixin private OutputOptions options = new OutputOptions();

  @Override
  public Integer call() throws RecordingException {
    long frames = dev.alidade.recording.Recordings.merge(files, options.output());
    spec.commandLine()
        .getOut()
        .println(Plain.text(options.output().toString()) + ": " + frames + " frames");
    return 0;
  }
}
