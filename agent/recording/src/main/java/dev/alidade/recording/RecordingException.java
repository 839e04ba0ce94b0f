package dev.alidade.recording;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that cannot be read or written as a recording: one line that names the file, the rule and
 * the value that broke it.
 */
public final class RecordingException extends IOException {
  RecordingException(Path file, String problem) {
    super(file + ": " + problem);
  }

  RecordingException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
