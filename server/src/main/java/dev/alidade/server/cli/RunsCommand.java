package dev.alidade.server.cli;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One line per recording. */
@Command(name = "runs", description = "Lists the recordings in the data folder and in ./runs.")
final class RunsCommand implements Callable<Integer> {
  private static final String FORMAT = "%-26s  %-24s  %-23s  %10s  %6s  %10s  %8s  %10s  %s%n";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Recordings recordings = new Recordings();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<Path> files = recordings.all();
    if (files.isEmpty()) {
      out.println("no recordings; a training writes them to ./runs, a server to its data folder");
      return 0;
    }
    out.printf(
        FORMAT, "RUN", "NAME", "STARTED", "ITERATION", "EPOCH", "SCORE", "SAMPLES", "SIZE", "FILE");
    for (Path file : files) {
      try (RecordingReader reader = RecordingReader.open(file)) {
        print(out, file, reader);
      } catch (RecordingException e) {
        spec.commandLine()
            .getErr()
            .println("not shown: " + Plain.text(String.valueOf(e.getMessage())));
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, Path file, RecordingReader reader) throws IOException {
    Optional<StoredFrame> last = reader.last(Kind.KIND_NUMBERS);
    Numbers numbers = Numbers.getDefaultInstance().toBuilder().setScore(Double.NaN).build();
    if (last.isPresent()) {
      numbers = numbers(last.get(), numbers);
    }
    out.printf(
        FORMAT,
        reader.run(),
        Plain.text(reader.name()),
        Plain.time(InspectCommand.created(reader)),
        last.map(each -> Long.toString(each.frame().iteration())).orElse("-"),
        numbers.getEpoch(),
        Plain.number(numbers.getScore()),
        reader.count(Kind.KIND_NUMBERS),
        Plain.bytes(Files.size(file)),
        Plain.text(file.toString()));
  }

  private static Numbers numbers(StoredFrame stored, Numbers otherwise) {
    try {
      return stored.frame().payload(Numbers.parser());
    } catch (MalformedFrameException e) {
      // A payload that does not decode tells nothing; `inspect` says so.
      return otherwise;
    }
  }
}
