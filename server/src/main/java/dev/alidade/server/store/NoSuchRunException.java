package dev.alidade.server.store;

import dev.alidade.wire.RunId;
import java.io.IOException;

/** There is no such run. */
public final class NoSuchRunException extends IOException {
  public NoSuchRunException(RunId run) {
    super("no run has the id " + run);
  }
}
