package dev.alidade.examples;

import dev.alidade.server.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Starts an example from a command line; what goes wrong becomes one line. */
final class Examples {
  private Examples() {}

  static int run(Callable<Integer> example, String... args) {
    return execute(new CommandLine(example), args);
  }

  /** The same with other places to write to. */
  static int run(PrintWriter out, PrintWriter err, Callable<Integer> example, String... args) {
    return execute(new CommandLine(example).setOut(out).setErr(err), args);
  }

  private static int execute(CommandLine command, String... args) {
    return command.setExecutionExceptionHandler(Examples::oneLine).execute(args);
  }

  private static int oneLine(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof IOException
        || e instanceof IllegalArgumentException
        || e instanceof StartException) {
      command.getErr().println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }
}
