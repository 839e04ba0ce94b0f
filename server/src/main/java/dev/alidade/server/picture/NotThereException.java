package dev.alidade.server.picture;

/** A layer, a group or a moment that the run does not have; the message names what it has. */
public final class NotThereException extends RuntimeException {
  public NotThereException(String message) {
    super(message);
  }
}
