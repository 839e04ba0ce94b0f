package dev.alidade.server.security;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names under which this server may be addressed. A page of a stranger can make its own name
 * resolve to 127.0.0.1 (DNS rebinding) but not change the Host its browser sends: any port is fine,
 * so that {@code ssh -L} works, any other name is not.
 */
public final class Hosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final Pattern LOOPBACK_4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]+]");
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");

  private final Set<String> names = new HashSet<>(LOOPBACK);

  /**
   * Names beside the loopback ones; wildcards such as {@code 0.0.0.0} allow nothing by themselves.
   */
  public Hosts(List<String> further) {
    for (String name : further) {
      names.add(checkName(name).toLowerCase(Locale.ROOT));
    }
  }

  /** Whether an address that is listened on can be reached from this machine only. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT)) || LOOPBACK_4.matcher(host).matches();
  }

  /** The name itself when it can be a host name, without a port. */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("hosts must be names without a port: '" + name + "'");
    }
    return name;
  }

  /** Whether a Host header names this server. */
  public boolean allows(@Nullable String host) {
    if (host == null) {
      return false;
    }
    var parts = AUTHORITY.matcher(host);
    return parts.matches() && names.contains(parts.group(1).toLowerCase(Locale.ROOT));
  }
}
