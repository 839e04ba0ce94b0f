package dev.alidade.server.security;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong credentials per address and minute. Only wrong ones are turned away: were right ones
 * too, any user of the machine could lock its owner out, and a token of 256 bits is not guessed at
 * any rate. Not thread safe.
 */
public final class FailedLogins {
  /** Wrong credentials that one address may present in a minute. */
  public static final int MOST_PER_MINUTE = 30;

  private static final int MOST_ADDRESSES = 10_000;
  private static final long MINUTE_MILLIS = 60_000;

  private record Count(long sinceMillis, int failures) {}

  private final Clock clock;
  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  public FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /** Notes a failure; whether there have been too many from this address. */
  public boolean tooMany(String address) {
    long now = clock.millis();
    Count count = counts.get(address);
    if (count == null || now - count.sinceMillis() >= MINUTE_MILLIS) {
      count = new Count(now, 0);
    }
    counts.put(address, new Count(count.sinceMillis(), count.failures() + 1));
    return count.failures() >= MOST_PER_MINUTE;
  }
}
