package dev.alidade.listener.capture;

/** An array that this code does not read: the message names the rule and the value. */
final class UnreadableException extends RuntimeException {
  UnreadableException(String message) {
    // Without a stack trace: it is thrown on the training thread, and the message says it all.
    super(message, null, false, false);
  }
}
