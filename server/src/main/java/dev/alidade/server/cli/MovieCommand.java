package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.server.movie.FilmFormat;
import dev.alidade.server.movie.FilmSize;
import dev.alidade.server.movie.Movie;
import dev.alidade.server.movie.MovieQuery;
import dev.alidade.server.picture.NotThereException;
import dev.alidade.server.picture.Theme;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The film of a run. */
@Command(
    name = "movie",
    description = {
      "Makes the film of a run: the maps of all layers or of one, the score, notes and alerts.",
      "Units move smoothly between samples; numbers are those of the last sample."
    })
final class MovieCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE|RUN", description = "A file, or the id or name of a run.")
  private String run = "";

  @Option(names = "--layer", paramLabel = "NAME", description = "Only this layer (default: all).")
  private @Nullable String layer;

  @Option(
      names = "--group",
      paramLabel = "G",
      description = "Its profile, instead of the activity: a name, or grouping/name.")
  private @Nullable String group;

  @Option(
      names = "--from",
      paramLabel = "I",
      description = "First iteration (default: the first map's).")
  private @Nullable Long from;

  @Option(
      names = "--to",
      paramLabel = "I",
      description = "Last iteration (default: the last map's).")
  private @Nullable Long to;

  @Option(
      names = "--size",
      paramLabel = "720p|1080p|4k",
      description = "(default: 1080p; 720p for a GIF).")
  private @Nullable String size;

  @Option(
      names = "--fps",
      paramLabel = "N",
      description = "Frames per second (default: 30; 12 for a GIF).")
  private @Nullable Integer fps;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long it is (default: 8 to 60, by the number of maps).")
  private @Nullable Double seconds;

  @Option(names = "--speed", paramLabel = "N", description = "Instead: iterations per second.")
  private @Nullable Double speed;

  @Option(
      names = "--theme",
      paramLabel = "light|dark",
      description = "(default: ${DEFAULT-VALUE}).")
  private String theme = "dark";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description =
          "Ends with .mp4 (H.264), .webm (VP9), .gif or .png (a sheet of twelve moments).")
  private Path output = Path.of("");

  @Mixin private Recordings recordings = new Recordings();

  @Override
  public Integer call() throws IOException {
    try {
      MovieQuery query = query(FilmFormat.of(output));
      try (RecordingReader reader = recordings.open(run)) {
        Line line = new Line();
        Movie.Made made = Movie.write(reader, query, output, line::frame);
        line.end();
        tell(made, line.framesPerSecond(made.frames()));
        return 0;
      }
    } catch (NotThereException | IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private MovieQuery query(FilmFormat format) {
    boolean isGif = format == FilmFormat.GIF;
    return new MovieQuery(
        layer,
        group,
        atLeast("--from", from),
        atLeast("--to", to),
        FilmSize.of(size == null ? (isGif ? "720p" : "1080p") : size),
        Theme.of(theme),
        fps == null ? format.usualFps() : fps,
        positive("--seconds", seconds),
        positive("--speed", speed));
  }

  private static long atLeast(String name, @Nullable Long value) {
    if (value != null && value < 0) {
      throw new Failure(name + " must be at least 0: " + value);
    }
    return value == null ? -1 : value;
  }

  private static double positive(String name, @Nullable Double value) {
    if (value != null && !(value > 0)) {
      throw new Failure(name + " must be above 0: " + value);
    }
    return value == null ? 0 : value;
  }

  private void tell(Movie.Made made, double rate) throws IOException {
    String what = made.how().equals("PNG") ? "moments" : "frames";
    String text =
        "%s: %d %s, %s, %s, %s, %.0f %s/s"
            .formatted(
                output,
                made.frames(),
                what,
                made.size(),
                made.how(),
                Plain.bytes(Files.size(output)),
                rate,
                what);
    spec.commandLine().getOut().println(text);
  }

  /** One line on a terminal that says how far it is; nothing where nobody looks. */
  private final class Line {
    private static final long EVERY_NANOS = 250_000_000;

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on the line is also in logs: no harm
    private final boolean isShown = System.console() != null;

    private final PrintWriter err = spec.commandLine().getErr();
    private final long begin = System.nanoTime();
    private long last = begin;

    void frame(int done, int all) {
      long now = System.nanoTime();
      if (isShown && (now - last > EVERY_NANOS || done == all)) {
        last = now;
        double rate = framesPerSecond(done);
        err.printf(
            Locale.ROOT,
            "\r%d/%d frames  %.0f frames/s  %.0f s left   ",
            done,
            all,
            rate,
            (all - done) / rate);
        err.flush();
      }
    }

    void end() {
      if (isShown) {
        err.print("\r" + " ".repeat(60) + "\r");
        err.flush();
      }
    }

    double framesPerSecond(int frames) {
      return frames * 1e9 / Math.max(1, System.nanoTime() - begin);
    }
  }
}
