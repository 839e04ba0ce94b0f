package dev.alidade.server.movie;

import dev.alidade.recording.RecordingReader;
import dev.alidade.server.picture.Canvas;
import dev.alidade.server.picture.Png;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Makes the film of a run. The file has another name until it is whole: {@code film.partial.mp4}
 * plays as far as it got when the process is killed, and is deleted when the film fails.
 */
public final class Movie {
  /** Stills on a contact sheet. */
  private static final int STILLS = 12;

  private static final int COLUMNS = 3;

  /** Is told after each frame. */
  public interface Progress {
    void frame(int done, int all);
  }

  /** What was made, for people. */
  public record Made(int frames, FilmSize size, String how) {}

  private Movie() {}

  /**
   * Writes the film of a run.
   *
   * @throws dev.alidade.server.picture.NotThereException when what is asked for is not in the run
   */
  public static Made write(RecordingReader reader, MovieQuery query, Path file, Progress progress)
      throws IOException {
    FilmFormat format = FilmFormat.of(file);
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("the folder of the output must exist: " + file);
    }
    if (Files.isDirectory(target)) {
      throw new IllegalArgumentException("the output must be a file: " + file);
    }
    Footage footage = Footage.of(reader, query);
    Path partial = partial(target, format);
    Files.deleteIfExists(partial);
    boolean isWhole = false;
    try {
      Made made =
          format == FilmFormat.PNG
              ? stills(footage, query, partial)
              : frames(footage, query, format, partial, progress);
      move(partial, target);
      isWhole = true;
      return made;
    } finally {
      if (!isWhole) {
        Files.deleteIfExists(partial);
      }
    }
  }

  /** The name that a film has until it is whole; with the ending that players go by. */
  static Path partial(Path file, FilmFormat format) {
    String name = String.valueOf(file.getFileName());
    String stem = name.substring(0, name.length() - format.extension().length() - 1);
    return file.resolveSibling(stem + ".partial." + format.extension());
  }

  private static Made frames(
      Footage footage, MovieQuery query, FilmFormat format, Path partial, Progress progress)
      throws IOException {
    FilmSize size = query.size();
    try (FrameSink sink = sink(query, format, partial)) {
      Scene scene = new Scene(footage, query.theme(), size.width, size.height);
      Canvas canvas = new Canvas(size.width, size.height);
      for (int frame = 0; frame < footage.frames; frame++) {
        scene.draw(canvas, footage.moment(frame, footage.frames));
        sink.add(canvas);
        progress.frame(frame + 1, footage.frames);
      }
      sink.finish();
      return new Made(footage.frames, size, sink.made());
    }
  }

  private static FrameSink sink(MovieQuery query, FilmFormat format, Path partial)
      throws IOException {
    if (format == FilmFormat.GIF) {
      return new GifSink(partial, query.size(), query.fps(), query.theme());
    }
    // Says what is wrong with the place before a process does.
    Files.newOutputStream(partial).close();
    EncoderProgram program = EncoderProgram.find();
    try {
      return new FfmpegSink(program, format, partial, query.size(), query.fps());
    } catch (IOException e) {
      program.close();
      throw e;
    }
  }

  /** Moments evenly apart, from left to right and down. */
  private static Made stills(Footage footage, MovieQuery query, Path partial) throws IOException {
    FilmSize size = query.size();
    int rows = STILLS / COLUMNS;
    Canvas sheet = new Canvas(size.width, size.height / COLUMNS * rows);
    sheet.fill(query.theme().ground);
    Scene scene = new Scene(footage, query.theme(), size.width / COLUMNS, size.height / COLUMNS);
    Canvas still = new Canvas(scene.width(), scene.height());
    for (int i = 0; i < STILLS; i++) {
      scene.draw(still, footage.moment(i, STILLS));
      sheet.draw(still, i % COLUMNS * scene.width(), i / COLUMNS * scene.height());
    }
    Files.write(partial, Png.of(sheet));
    return new Made(STILLS, size, "PNG");
  }

  private static void move(Path partial, Path target) throws IOException {
    try {
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
