package dev.alidade.wire;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The identity of a run: a ULID, 26 characters of Crockford base 32 whose first ten are the time of
 * its making, so that ids sort by age. Safe as a file name by construction.
 *
 * @see <a href="https://github.com/ulid/spec">ULID specification</a>
 */
public record RunId(String value) {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern SHAPE = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final SecureRandom RANDOM = new SecureRandom();

  public RunId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(rule(value));
    }
  }

  /** Whether a text that may come from a stranger is a run id. */
  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  static String rule(String value) {
    return "run id must be 26 characters of Crockford base 32: '" + shorten(value) + "'";
  }

  /** A new id for a run that starts at {@code epochMillis}. */
  public static RunId at(long epochMillis) {
    char[] text = new char[26];
    long time = epochMillis;
    for (int i = 9; i >= 0; i--, time >>>= 5) {
      text[i] = ALPHABET.charAt((int) (time & 31));
    }
    for (int i = 10; i < 26; i++) {
      text[i] = ALPHABET.charAt(RANDOM.nextInt(32));
    }
    return new RunId(new String(text));
  }

  private static String shorten(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "…";
  }

  @Override
  public String toString() {
    return value;
  }
}
