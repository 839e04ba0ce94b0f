package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A part of a recording. */
@Command(name = "trim", description = "Cuts a range of iterations, or some layers, out of a run.")
final class TrimCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE|RUN", description = "A file, or the id or name of a run.")
  private String run = "";

  @Option(names = "--from", paramLabel = "I", description = "First iteration (default: 0).")
  private long from;

  @Option(names = "--to", paramLabel = "I", description = "Last iteration (default: the last).")
  private long to = Long.MAX_VALUE;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "NAME",
      description = "Layers that stay, with commas (default: all).")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The new file; it must not exist, and appears when it is whole.")
  private Path output = Path.of("");

  @Mixin private Recordings recordings = new Recordings();

  @Override
  public Integer call() throws IOException {
    if (from < 0 || to < from) {
      throw new ParameterException(
          spec.commandLine(), "--from must be from 0 to --to: " + from + ", " + to);
    }
    Path file;
    try (RecordingReader reader = recordings.open(run)) {
      file = reader.file();
    }
    long frames = dev.alidade.recording.Recordings.trim(file, output, from, to, layers);
    spec.commandLine().getOut().println(Plain.text(output.toString()) + ": " + frames + " frames");
    return 0;
  }
}
