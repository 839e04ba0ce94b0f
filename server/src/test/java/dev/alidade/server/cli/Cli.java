package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of the command line, in this process. */
record Cli(int code, String out, String err) {
  static Cli run(String... arguments) {
    return run(server -> {}, arguments);
  }

  static Cli run(Stay stay, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = AlidadeCommand.commandLine(stay);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Cli(command.execute(arguments), out.toString(), err.toString());
  }

  Cli assertSucceeds() {
    assertThat(code).as(err).isZero();
    assertThat(err).isEmpty();
    return this;
  }

  /** One line, and the code that says whose mistake it was. */
  void assertFails(int expectedCode, String message) {
    assertThat(err).isEqualTo("alidade: " + message + System.lineSeparator());
    assertThat(code).isEqualTo(expectedCode);
  }
}
