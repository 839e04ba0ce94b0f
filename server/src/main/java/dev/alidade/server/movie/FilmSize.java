package dev.alidade.server.movie;

/** Of a frame, in pixels. */
public enum FilmSize {
  P720("720p", 1280, 720),
  P1080("1080p", 1920, 1080),
  K4("4k", 3840, 2160);

  private final String text;
  final int width;
  final int height;

  FilmSize(String text, int width, int height) {
    this.text = text;
    this.width = width;
    this.height = height;
  }

  /** By its name. */
  public static FilmSize of(String name) {
    for (FilmSize each : values()) {
      if (each.text.equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException("size must be one of 720p, 1080p, 4k: " + name);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
