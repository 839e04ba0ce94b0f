package dev.alidade.listener.capture;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which variables of a SameDiff graph are meant: a name, a name with {@code *} (any characters, a
 * slash too) and {@code ?} (one), or {@code type:} and such a pattern of the operation that
 * computes the variable, "type:softmax". Operations are compared without regard to case.
 */
public final class VariablePattern {
  private static final String TYPE = "type:";

  private final String text;
  private final Pattern pattern;
  private final boolean ofType;

  private VariablePattern(String text, Pattern pattern, boolean ofType) {
    this.text = text;
    this.pattern = pattern;
    this.ofType = ofType;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is blank, or there is nothing after "type:"
   */
  public static VariablePattern of(String text) {
    boolean ofType = text.startsWith(TYPE);
    String glob = ofType ? text.substring(TYPE.length()) : text;
    if (glob.isBlank()) {
      throw new IllegalArgumentException(
          "variables must be names, globs or type: and an operation: '" + text + "'");
    }
    StringBuilder regex = new StringBuilder();
    for (char c : (ofType ? glob.toLowerCase(Locale.ROOT) : glob).toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return new VariablePattern(text, Pattern.compile(regex.toString()), ofType);
  }

  boolean matches(String variable, String type) {
    return pattern.matcher(ofType ? type.toLowerCase(Locale.ROOT) : variable).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
