package dev.alidade.listener.send;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in which a server of the same user leaves its tokens: lines {@code name=value}. */
final class Tokens {
  private static final String INGEST = "ingest=";
  private static final long MOST_BYTES = 1 << 16;

  private Tokens() {}

  /** The ingest token; empty when there is none yet. */
  static String ingest(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return "";
      }
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(INGEST))
          .map(line -> line.substring(INGEST.length()).trim())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
