package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve", "demo", "open", "runs", "inspect", "verify", "repair", "merge", "trim", "export",
        "map"
      })
  void everyCommand_explainsItself(String command) throws Exception {
    String out = Cli.run(command, "--help").assertSucceeds().out();

    assertThat(out).contains("Usage: alidade " + command);
  }
}
