package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.server.alert.Replayed;
import dev.alidade.watch.rule.Rule;
import dev.alidade.watch.rule.RuleException;
import dev.alidade.watch.rule.RulePack;
import dev.alidade.watch.rule.Vocabulary;
import dev.alidade.wire.proto.Alert;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Alert rules: shown, checked, tried on recordings. */
@Command(
    name = "rules",
    description = "Alert rules: shown, checked, tried on recordings.",
    mixinStandardHelpOptions = true,
    subcommands = {RulesCommand.Show.class, RulesCommand.Test.class})
final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command must be given");
  }

  /** The default pack, as a file to start one's own from. */
  @Command(
      name = "show",
      description = "Prints the default rules: a start for a file of one's own.")
  static final class Show implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "This help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    private boolean help;

    @Override
    public void run() {
      spec.commandLine().getOut().print(RulePack.defaultText());
      spec.commandLine().getOut().flush();
    }
  }

  /** What rules would have said of recordings. */
  @Command(
      name = "test",
      description = "Says what rules would have raised on recordings; exit code 3 when anything.")
  static final class Test implements Callable<Integer> {
    private static final int RAISED = 3;
    private static final int MOST_ALERTS = 10_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
        index = "0",
        paramLabel = "RULES",
        description = "A file of rules, or 'default' for the shipped ones.")
    private String rules = "";

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "FILE|RUN",
        description = "Recordings to try them on; none: the rules are only checked.")
    private List<String> runs = new ArrayList<>();

    @Option(names = "--followers", description = "Lists alerts that follow from another one, too.")
    private boolean followers;

    @Mixin private Recordings recordings = new Recordings();

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      RulePack pack = pack();
      out.printf("%d rules%n", pack.rules().size());
      int raised = 0;
      for (String run : runs) {
        try (RecordingReader reader = recordings.open(run)) {
          List<Alert> alerts = Replayed.alerts(reader, pack, MOST_ALERTS);
          out.printf("%n%s %s%n", reader.run().value(), Plain.text(reader.name()));
          raised += print(out, pack, alerts);
        }
      }
      out.flush();
      return raised > 0 ? RAISED : 0;
    }

    private RulePack pack() throws IOException {
      if (rules.equals("default")) {
        return RulePack.defaults();
      }
      Path file = Path.of(rules);
      if (!Files.isReadable(file)) {
        throw new Failure("RULES must be a readable file, or 'default': " + Plain.text(rules));
      }
      try {
        return RulePack.parse(rules, Files.readString(file), Vocabulary.common());
      } catch (RuleException e) {
        throw new Failure(String.valueOf(e.getMessage()), e);
      }
    }

    private int print(PrintWriter out, RulePack pack, List<Alert> alerts) {
      int raised = 0;
      for (Alert alert : alerts) {
        boolean root = alert.getCause().isEmpty();
        raised += root ? 1 : 0;
        if (root || followers) {
          out.printf(
              "  %-9s %-9s %s%n",
              name(alert.getState().name()),
              name(alert.getSeverity().name()),
              Plain.text(
                  alert.getSummary() + (root ? "" : ", follows from " + alert.getCause()), 500));
        }
      }
      if (alerts.isEmpty()) {
        out.println("  nothing");
      } else {
        pack.rules().stream()
            .filter(rule -> alerts.stream().anyMatch(a -> a.getRule().equals(rule.id())))
            .map(Rule::text)
            .filter(text -> !text.advice().isEmpty())
            .forEach(text -> out.printf("  try: %s%n", text.advice()));
      }
      return raised;
    }

    private static String name(String constant) {
      return constant.substring(constant.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
    }
  }
}
