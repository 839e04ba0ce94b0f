package dev.alidade.server.layout;

import java.io.IOException;
import java.util.List;

/** The run has no such layer. */
public final class NoSuchLayerException extends IOException {
  NoSuchLayerException(String layer, List<String> known) {
    super("layer '%s' is not in the run; it has: %s".formatted(layer, String.join(", ", known)));
  }
}
