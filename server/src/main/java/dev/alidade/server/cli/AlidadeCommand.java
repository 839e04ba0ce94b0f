package dev.alidade.server.cli;

import dev.alidade.recording.RecordingException;
import dev.alidade.server.AlidadeServer;
import dev.alidade.server.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code java -jar alidade.jar COMMAND …}. */
@Command(
    name = "alidade",
    description = "Watches neural networks train.",
    mixinStandardHelpOptions = true,
    versionProvider = AlidadeCommand.Version.class,
    subcommands = {
      HelpCommand.class,
      RunsCommand.class,
      InspectCommand.class,
      VerifyCommand.class,
      RepairCommand.class,
      MergeCommand.class,
      TrimCommand.class,
      ExportCommand.class,
      MapCommand.class,
      MovieCommand.class,
      RulesCommand.class
    })
public final class AlidadeCommand implements Runnable {
  private static final String LOGGING = "logback.configurationFile";

  @Spec private CommandSpec spec = CommandSpec.create();

  AlidadeCommand() {}

  public static void main(String[] arguments) {
    // Only here: a server that is embedded logs as its application does.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "dev/alidade/server/cli/logback.xml");
    }
    System.exit(commandLine(Stay.FOR_EVER).execute(arguments));
  }

  static CommandLine commandLine(Stay stay) {
    return new CommandLine(new AlidadeCommand())
        .addSubcommand(new ServeCommand(stay))
        .addSubcommand(new DemoCommand(stay))
        .addSubcommand(new OpenCommand(stay))
        .setParameterExceptionHandler((e, arguments) -> usage(e))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command must be given");
  }

  private static int usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    TreeSet<String> known = new TreeSet<>(command.getSubcommands().keySet());
    if (e instanceof UnmatchedArgumentException || known.size() > 0) {
      known.addAll(command.getCommandSpec().optionsMap().keySet());
      message += "; known: " + String.join(", ", known);
    }
    err.println("alidade: " + Plain.text(message, 1000));
    return 2;
  }

  private static int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (e instanceof Failure || e instanceof StartException || e instanceof RecordingException) {
      err.println("alidade: " + Plain.text(String.valueOf(e.getMessage()), 1000));
    } else if (e instanceof IOException io) {
      err.println("alidade: " + Plain.text(text(io), 1000));
    } else {
      e.printStackTrace(err);
    }
    return 1;
  }

  private static String text(IOException e) {
    if (e instanceof FileSystemException file) {
      String reason = e instanceof AccessDeniedException ? "may not be accessed" : file.getReason();
      return file.getFile() + ": " + (reason == null ? e.getClass().getSimpleName() : reason);
    }
    return String.valueOf(e.getMessage());
  }

  /** Of the server. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"alidade " + AlidadeServer.version()};
    }
  }
}
