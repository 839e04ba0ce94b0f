package dev.alidade.server.movie;

import java.nio.file.Path;
import java.util.Locale;

/** What the end of a file's name says. */
public enum FilmFormat {
  MP4(30),
  WEBM(30),
  GIF(12),
  /** A sheet of stills. */
  PNG(1);

  private final int usualFps;

  FilmFormat(int usualFps) {
    this.usualFps = usualFps;
  }

  public int usualFps() {
    return usualFps;
  }

  /** Of the file. */
  public static FilmFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (FilmFormat each : values()) {
      if (name.endsWith("." + each.extension())) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "output must end with .mp4, .webm, .gif or .png: " + file.getFileName());
  }

  String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
