package dev.alidade.server.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command writes, and its help. */
final class OutputOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The new file; it must not exist, and appears when it is whole.")
  private Path output = Path.of("");

  Path output() {
    return output;
  }
}
