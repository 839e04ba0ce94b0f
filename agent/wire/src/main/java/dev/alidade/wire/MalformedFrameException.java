package dev.alidade.wire;

import java.io.IOException;

/** Bytes that are no frame: the message names the rule and the value that broke it. */
public final class MalformedFrameException extends IOException {
  public MalformedFrameException(String message) {
    super(message);
  }
}
