package dev.alidade.server.store;

import java.io.IOException;

/** What was asked for cannot be done to a run as it is now. */
public final class RunConflictException extends IOException {
  public RunConflictException(String message) {
    super(message);
  }
}
