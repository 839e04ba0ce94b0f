package dev.alidade.server.cli;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether recordings are whole. */
@Command(
    name = "verify",
    description = {
      "Checks recordings: the schema, SQLite's structures, the checksum of every frame, and that",
      "whatever is missing is accounted for. Exit code 1 when one of them is not sound."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int unsound = 0;
    for (Path file : files) {
      List<String> problems = problems(file);
      problems.forEach(problem -> out.println(Plain.text(problem, 1000)));
      out.println(Plain.text(file.toString()) + (problems.isEmpty() ? ": sound" : ": not sound"));
      unsound += problems.isEmpty() ? 0 : 1;
    }
    return unsound == 0 ? 0 : 1;
  }

  private static List<String> problems(Path file) {
    try (RecordingReader reader = RecordingReader.open(file)) {
      List<String> problems = new ArrayList<>(reader.verify());
      reader.missing().forEach(each -> problems.add(file + ": " + each));
      return problems;
    } catch (RecordingException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
