package dev.alidade.server.cli;

import dev.alidade.server.AlidadeServer;
import dev.alidade.server.ServerBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The settings of the server as options; see {@link dev.alidade.server.Settings}. */
final class ServerOptions {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Further settings (default: ~/.alidade/server.yaml if it exists).")
  void config(String file) {
    values.put("config", file);
  }

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "To listen on (default: 127.0.0.1); others need TLS.")
  void host(String address) {
    values.put("host", address);
  }

  @Option(names = "--port", paramLabel = "N", description = "Default: 8790; 0 picks a free one.")
  void port(String number) {
    values.put("port", number);
  }

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = "Made with mode 0600 when absent (default: ~/.alidade/tokens).")
  void tokens(String file) {
    values.put("tokens", file);
  }

  @Option(
      names = "--tls",
      paramLabel = "HOW",
      description = "off, on or terminated-elsewhere (default: on when there is a certificate).")
  void tls(String how) {
    values.put("tls", how);
  }

  @Option(
      names = {"--tls-certificate", "--tlsCertificate"},
      paramLabel = "PEM",
      description = "Certificate chain.")
  void tlsCertificate(String file) {
    values.put("tlsCertificate", file);
  }

  @Option(
      names = {"--tls-key", "--tlsKey"},
      paramLabel = "PEM",
      description = "Private key.")
  void tlsKey(String file) {
    values.put("tlsKey", file);
  }

  @Option(
      names = "--hosts",
      paramLabel = "NAMES",
      description = "Further names under which browsers may address the server, with commas.")
  void hosts(String names) {
    values.put("hosts", names);
  }

  @Option(names = "--title", paramLabel = "TEXT", description = "Shown above the list of runs.")
  void title(String text) {
    values.put("title", text);
  }

  @Option(
      names = {"--most-viewers", "--mostViewers"},
      paramLabel = "N",
      description = "Pages that may watch at once (default: 100).")
  void mostViewers(String number) {
    values.put("mostViewers", number);
  }

  @Option(
      names = {"--most-agents", "--mostAgents"},
      paramLabel = "N",
      description = "Agents that may be connected at once (default: 64).")
  void mostAgents(String number) {
    values.put("mostAgents", number);
  }

  @Option(
      names = {"--most-run-bytes", "--mostRunBytes"},
      paramLabel = "N",
      description = "Size of a recording; above, its pictures are thinned (default: 64 GiB).")
  void mostRunBytes(String number) {
    values.put("mostRunBytes", number);
  }

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Alert rules instead of the default pack; see `alidade rules`.")
  void rules(String file) {
    values.put("rules", file);
  }

  /** As below, on a free port unless one was given. */
  ServerBuilder builderOnAnyPort() {
    values.putIfAbsent("port", "0");
    return builder();
  }

  ServerBuilder builder() {
    ServerBuilder builder = AlidadeServer.builder();
    values.forEach(builder::set);
    return builder;
  }
}
