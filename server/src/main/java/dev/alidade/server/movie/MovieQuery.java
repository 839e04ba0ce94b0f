package dev.alidade.server.movie;

import dev.alidade.server.picture.Theme;
import org.jspecify.annotations.Nullable;

/**
 * Which film is asked for.
 *
 * @param layer the only one to show; none for the wall of all
 * @param group whose profile to show; none for the activity
 * @param from first iteration; -1 for the run's first map
 * @param to last iteration; -1 for the run's last map
 * @param fps frames per second
 * @param seconds how long the film is; 0 to leave it to the speed
 * @param speed iterations per second; 0 for a length that suits the number of maps
 */
public record MovieQuery(
    @Nullable String layer,
    @Nullable String group,
    long from,
    long to,
    FilmSize size,
    Theme theme,
    int fps,
    double seconds,
    double speed) {
  private static final int MOST_FRAMES = 1_000_000;

  public MovieQuery {
    if (fps < 1 || fps > 120) {
      throw new IllegalArgumentException("fps must be between 1 and 120: " + fps);
    }
    if (!(seconds >= 0) || seconds * fps > MOST_FRAMES) {
      throw new IllegalArgumentException(
          "seconds must be positive, and at most %d frames: %s".formatted(MOST_FRAMES, seconds));
    }
    if (!(speed >= 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed must be positive: " + speed);
    }
    if (seconds > 0 && speed > 0) {
      throw new IllegalArgumentException("seconds and speed exclude each other: " + speed);
    }
    if (to >= 0 && to < from) {
      throw new IllegalArgumentException("to must be at least from, " + from + ": " + to);
    }
  }

  /** How many frames show so many iterations with so many maps. */
  int frames(long iterations, int pictures) {
    double length =
        seconds > 0
            ? seconds
            : speed > 0 ? iterations / speed : Math.min(60, Math.max(8, pictures / 12.0));
    double frames = Math.max(1, Math.rint(length * fps));
    if (frames > MOST_FRAMES) {
      throw new IllegalArgumentException(
          "speed must make at most %d frames: %s".formatted(MOST_FRAMES, speed));
    }
    return (int) frames;
  }
}
