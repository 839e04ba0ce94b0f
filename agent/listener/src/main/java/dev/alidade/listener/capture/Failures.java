package dev.alidade.listener.capture;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What went wrong inside the agent, by part: counted always, said once. Never throws. */
public final class Failures {
  private static final Logger LOG = System.getLogger("dev.alidade");

  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  /** Counts a failure of a part; the first one of each part is logged with what follows from it. */
  public void add(String part, Throwable cause, String consequence) {
    try {
      if (counts.computeIfAbsent(part, unused -> new AtomicLong()).incrementAndGet() == 1) {
        LOG.log(
            Level.WARNING,
            "alidade: " + part + " failed (" + cause + "): " + consequence + "; training goes on");
        LOG.log(Level.DEBUG, part, cause);
      }
    } catch (Throwable ignored) {
      // A logger that throws must not reach the training either.
    }
  }

  public long total() {
    return counts.values().stream().mapToLong(AtomicLong::get).sum();
  }
}
