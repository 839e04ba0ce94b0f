package dev.alidade.listener;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.StoredFrame;
import dev.alidade.recording.WriterOptions;
import dev.alidade.recording.WriterOptions.Durability;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recording that has been begun or continued.
 *
 * @param name of the run
 * @param reachedBefore last iteration that an earlier process has recorded; -1 when there was none
 */
record Begun(Origin origin, RecordingWriter writer, String name, long reachedBefore) {
  private static final String SUFFIX = ".alidade";

  /**
   * Makes a new file, or continues the one that is to be resumed.
   *
   * @throws IllegalArgumentException when what is to be resumed is no recording
   * @throws IOException when none can be written
   */
  static Begun of(Settings settings) throws IOException {
    WriterOptions options =
        WriterOptions.defaults()
            .withQueueBytes(settings.memoryBytes())
            .withMostBytes(settings.mostRecordingBytes())
            .withDurability(settings.full() ? Durability.FULL : Durability.NORMAL);
    long now = System.currentTimeMillis();
    if (!settings.resume().isEmpty()) {
      return resumed(file(settings), now, settings.resume(), options);
    }
    Files.createDirectories(settings.folder());
    RunId run = RunId.at(now);
    Path file = settings.folder().resolve(fileName(settings.run()) + "-" + run + SUFFIX);
    RecordingWriter writer = RecordingWriter.create(file, run, settings.run(), options);
    return new Begun(new Origin(run, 0, now), writer, settings.run(), -1);
  }

  private static Begun resumed(Path file, long now, String asked, WriterOptions options)
      throws IOException {
    RunId run;
    long incarnation = now;
    long reached;
    String name;
    try (RecordingReader reader = RecordingReader.open(file)) {
      run = reader.run();
      name = reader.name();
      for (Origin each : reader.origins()) {
        incarnation = Math.max(incarnation, each.incarnation() + 1);
      }
      reached =
          reader
              .latest(Kind.KIND_NUMBERS, Long.MAX_VALUE)
              .map(StoredFrame::frame)
              .map(frame -> frame.iteration())
              .orElse(-1L);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "resume must be a recording or a run id: " + asked + ": " + e.getMessage(), e);
    }
    RecordingWriter writer = RecordingWriter.reopen(file, options);
    return new Begun(new Origin(run, 0, incarnation), writer, name, reached);
  }

  private static Path file(Settings settings) throws IOException {
    String asked = settings.resume();
    if (!RunId.isValid(asked)) {
      return Path.of(asked);
    }
    if (Files.isDirectory(settings.folder())) {
      try (Stream<Path> files = Files.list(settings.folder())) {
        List<Path> found = files.filter(file -> file.toString().endsWith(asked + SUFFIX)).toList();
        if (found.size() == 1) {
          return found.get(0);
        }
      }
    }
    throw new IllegalArgumentException(
        "resume must be a run with a recording in " + settings.folder() + ": " + asked);
  }

  /** A name as part of a file name: letters, digits, dot, dash; at most 60 of them. */
  private static String fileName(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^\\.+", "_");
    return safe.substring(0, Math.min(60, safe.length()));
  }
}
