package dev.alidade.server.cli;

import dev.alidade.server.AlidadeServer;
import dev.alidade.server.ServerBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The server, until it is stopped. */
@Command(
    name = "serve",
    description = {
      "Takes in what agents send, stores it and shows it in the browser.",
      "Every option is also -Dalidade.NAME, ALIDADE_NAME and a line of server.yaml."
    })
final class ServeCommand implements Callable<Integer> {
  private final Stay stay;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "One recording per run lies here (default: ~/.alidade/runs).")
  private @Nullable Path data;

  ServeCommand(Stay stay) {
    this.stay = stay;
  }

  @Override
  public Integer call() throws InterruptedException {
    ServerBuilder builder = options.builder();
    if (data != null) {
      builder.data(data);
    }
    AlidadeServer server = builder.start();
    OnStop stop = new OnStop(server::close);
    try {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Dashboard: " + server.link());
      out.println("Runs are kept in " + server.settings().data() + "; stop with Ctrl-C.");
      out.flush();
      stay.with(server);
    } finally {
      stop.close();
    }
    return 0;
  }
}
