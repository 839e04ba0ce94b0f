package dev.alidade.server;

import dev.alidade.server.security.Hosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set on a server. Each component is a builder method, a system property
 * {@code alidade.<name>}, an environment variable {@code ALIDADE_<NAME>} and a key of {@code
 * server.yaml}; the first of these that is present wins.
 *
 * @param host address to listen on; other than loopback only with TLS, ended here or before
 * @param port TCP port; 0 picks a free one
 * @param data folder with one {@code .alidade} file per run
 * @param tokens file with the three tokens, made with mode 0600 when absent
 * @param tls how connections are encrypted
 * @param tlsCertificate PEM file with the certificate chain
 * @param tlsKey PEM file with the private key
 * @param hosts further names under which browsers may address this server
 * @param title shown above the list of runs
 * @param mostViewers pages that may watch at once
 * @param mostAgents agents that may be connected at once
 * @param rules file with alert rules, read again when it changes; none: the default pack
 * @param mostRunBytes size at which the recording of one run accepts nothing more
 */
public record Settings(
    String host,
    int port,
    Path data,
    Path tokens,
    Tls tls,
    @Nullable Path tlsCertificate,
    @Nullable Path tlsKey,
    List<String> hosts,
    String title,
    int mostViewers,
    int mostAgents,
    long mostRunBytes,
    @Nullable Path rules) {

  /** How connections are encrypted. */
  public enum Tls {
    /** Not at all: loopback only. */
    OFF,
    /** Here, with the PEM files. */
    ON,
    /** By a proxy in front: browsers see https, this server plain HTTP. */
    TERMINATED_ELSEWHERE
  }

  public Settings {
    hosts = List.copyOf(hosts);
    atLeast("port", 0, port);
    if (port > 65535) {
      throw new StartException("port must be at most 65535: " + port);
    }
    atLeast("mostViewers", 1, mostViewers);
    atLeast("mostAgents", 1, mostAgents);
    atLeast("mostRunBytes", 1 << 20, mostRunBytes);
    checkHosts(hosts);
    checkTls(tls, tlsCertificate, tlsKey);
    if (!Hosts.isLoopback(host) && tls == Tls.OFF) {
      throw new StartException(
          "host must be a loopback address unless tlsCertificate and tlsKey are set or tls is"
              + " terminated-elsewhere: "
              + host);
    }
  }

  /** Whether only this machine can reach the server. */
  public boolean loopback() {
    return Hosts.isLoopback(host);
  }

  /** The scheme that browsers see. */
  public String scheme() {
    return tls == Tls.OFF ? "http" : "https";
  }

  private static void checkHosts(List<String> hosts) {
    try {
      hosts.forEach(Hosts::checkName);
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void checkTls(Tls tls, @Nullable Path certificate, @Nullable Path key) {
    if (tls == Tls.ON) {
      readable("tlsCertificate", certificate);
      readable("tlsKey", key);
    } else if (certificate != null || key != null) {
      throw new StartException(
          "tlsCertificate and tlsKey must be absent when tls is "
              + tls.name().toLowerCase(Locale.ROOT).replace('_', '-')
              + ": "
              + (certificate == null ? key : certificate));
    }
  }

  private static void readable(String name, @Nullable Path file) {
    if (file == null || !Files.isReadable(file)) {
      throw new StartException(name + " must be a readable PEM file: " + file);
    }
  }

  private static void atLeast(String name, long least, long value) {
    if (value < least) {
      throw new StartException(name + " must be at least " + least + ": " + value);
    }
  }
}
