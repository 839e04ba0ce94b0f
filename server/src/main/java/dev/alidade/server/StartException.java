package dev.alidade.server;

/** Why the server did not start, in one line that names the rule and the value. */
public final class StartException extends RuntimeException {
  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
