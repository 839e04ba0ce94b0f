package dev.alidade.server.store;

import java.io.IOException;

/** Too many reads wait already. */
public final class BusyException extends IOException {
  public BusyException(String message) {
    super(message);
  }
}
