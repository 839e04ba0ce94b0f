package dev.alidade.watch.rule;

/** A rule file that breaks its rules; the message begins with file, line and column. */
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  RuleException(String source, int line, int column, String message) {
    super("%s:%d:%d: %s".formatted(source, line, column, message));
    this.line = line;
    this.column = column;
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** From 1. */
  public int column() {
    return column;
  }
}
