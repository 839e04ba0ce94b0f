package dev.alidade.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Makes a server. What is not set here comes from system properties, the environment, {@code
 * server.yaml} or the defaults; see {@link Settings}.
 */
public final class ServerBuilder {
  private final Map<String, String> values = new LinkedHashMap<>();
  private Limits limits = Limits.DEFAULTS;

  ServerBuilder() {}

  /** The file with further settings; by default {@code ~/.alidade/server.yaml} if it exists. */
  public ServerBuilder config(Path file) {
    return set(SettingsReader.CONFIG, file.toString());
  }

  public ServerBuilder host(String host) {
    return set("host", host);
  }

  /** 0 picks a free one. */
  public ServerBuilder port(int port) {
    return set("port", String.valueOf(port));
  }

  public ServerBuilder data(Path folder) {
    return set("data", folder.toString());
  }

  public ServerBuilder tokens(Path file) {
    return set("tokens", file.toString());
  }

  /** One of {@code off}, {@code on}, {@code terminated-elsewhere}. */
  public ServerBuilder tls(String how) {
    return set("tls", how);
  }

  public ServerBuilder tlsCertificate(Path pem) {
    return set("tlsCertificate", pem.toString());
  }

  public ServerBuilder tlsKey(Path pem) {
    return set("tlsKey", pem.toString());
  }

  public ServerBuilder hosts(List<String> names) {
    return set("hosts", String.join(",", names));
  }

  public ServerBuilder title(String title) {
    return set("title", title);
  }

  public ServerBuilder mostViewers(int most) {
    return set("mostViewers", String.valueOf(most));
  }

  public ServerBuilder mostAgents(int most) {
    return set("mostAgents", String.valueOf(most));
  }

  public ServerBuilder mostRunBytes(long most) {
    return set("mostRunBytes", String.valueOf(most));
  }

  /** File with alert rules instead of the default pack; read again when it changes. */
  public ServerBuilder rules(Path file) {
    return set("rules", file.toString());
  }

  /**
   * Sets one by its name.
   *
   * @throws StartException when there is none of that name
   */
  public ServerBuilder set(String name, String value) {
    if (!SettingsReader.keys().contains(name)) {
      throw new StartException(
          "unknown setting '" + name + "'; known: " + String.join(", ", SettingsReader.keys()));
    }
    values.put(name, value);
    return this;
  }

  ServerBuilder limits(Limits wanted) {
    limits = wanted;
    return this;
  }

  /** What would be started with. */
  public Settings settings() {
    Properties properties = System.getProperties();
    Path home = Path.of(properties.getProperty("user.home", "."), ".alidade");
    Set<String> announced = SettingNames.announced(ServerBuilder.class.getClassLoader());
    return new SettingsReader(values, properties, System.getenv(), home, announced).read();
  }

  /**
   * Starts the server and returns when it listens.
   *
   * @throws StartException in one line, when it cannot
   */
  public AlidadeServer start() {
    return AlidadeServer.start(settings(), limits);
  }
}
