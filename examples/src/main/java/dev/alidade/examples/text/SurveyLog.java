package dev.alidade.examples.text;

import java.util.SplittableRandom;

/**
 * A surveyor's log without end: sentences from a small grammar with agreement between words that
 * are far apart (the second clause repeats the first one's place), so that a recurrent network has
 * something to remember.
 */
public final class SurveyLog {
  /** Every character that occurs; its index is its class. */
  public static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz ,.\n";

  private static final String[] WHO = {
    "the surveyor", "her assistant", "the old guide", "a porter"
  };
  private static final String[] DOES = {"sights", "measures", "draws", "names", "climbs"};
  private static final String[] WHAT = {"the far tower", "a ridge", "the salt lake", "two peaks"};
  private static final String[] WHERE = {
    "in the north", "by the river", "past the fort", "at camp"
  };
  private static final String[] THEN = {"rests", "writes", "waits", "sleeps"};

  private final SplittableRandom random;
  private final StringBuilder ahead = new StringBuilder();
  private int at;

  /** The log of a seed. */
  public SurveyLog(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The class of the next character. */
  public int next() {
    if (at == ahead.length()) {
      at = 0;
      ahead.setLength(0);
      ahead.append(sentence());
    }
    return CHARACTERS.indexOf(ahead.charAt(at++));
  }

  /** One sentence with its line end. */
  String sentence() {
    String where = pick(WHERE);
    String first = "%s, %s %s %s".formatted(where, pick(WHO), pick(DOES), pick(WHAT));
    return random.nextInt(3) == 0
        ? first + ".\n"
        : "%s, then %s %s.\n".formatted(first, pick(THEN), where);
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }
}
