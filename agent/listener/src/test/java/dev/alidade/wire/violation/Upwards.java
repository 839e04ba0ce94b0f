package dev.alidade.wire.violation;

import dev.alidade.listener.Status;

/** Breaks an arrow on purpose, so that the test of the arrows is seen to fail. */
public final class Upwards {
  public long against(Status status) {
    return status.offered();
  }
}
