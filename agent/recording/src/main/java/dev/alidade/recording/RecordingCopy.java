package dev.alidade.recording;

import dev.alidade.wire.Frame;
import dev.alidade.wire.RunId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is made from others. It is written under another name, synchronised and then
 * given its own: a file of that name is whole or is not there. One thread.
 */
final class RecordingCopy implements AutoCloseable {
  private static final int BATCH_FRAMES = 512;
  private static final long BATCH_BYTES = 4 << 20;

  private final Path file;
  private final Path partial;
  private final Log log;
  private final List<Frame> frames = new ArrayList<>();
  private final List<StoredGap> gaps = new ArrayList<>();
  private long bytes;
  private long stored;
  private boolean finished;

  private RecordingCopy(Path file, Path partial, Log log) {
    this.file = file;
    this.partial = partial;
    this.log = log;
  }

  /**
   * Begins one.
   *
   * @param meta of the recording it is made from; the run's id replaces the one in it
   * @throws RecordingException when there is a file of that name or none can be written there
   */
  static RecordingCopy to(Path file, RunId run, Map<String, String> meta)
      throws RecordingException {
    if (Files.exists(file)) {
      throw new RecordingException(file, "output must not exist yet");
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    TreeMap<String, String> all = new TreeMap<>(meta);
    all.put("run", run.value());
    try {
      Files.deleteIfExists(partial);
      Connection connection = Connections.copying(partial);
      try {
        connection.setAutoCommit(false);
        Schema.create(connection);
        Meta table = new Meta(connection);
        for (var each : all.entrySet()) {
          table.put(each.getKey(), each.getValue());
        }
        connection.commit();
        return new RecordingCopy(file, partial, Log.open(connection, Long.MAX_VALUE));
      } catch (SQLException e) {
        connection.close();
        Files.deleteIfExists(partial);
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw unwritable(file, e);
    }
  }

  private static RecordingException unwritable(Path file, Exception e) {
    String why = e instanceof SQLException ? e.getMessage() : "its folder must be writable";
    return new RecordingException(file, "output cannot be written: " + why, e);
  }

  /** Appends a frame; one that is there already, by worker, incarnation, kind and seq, is not. */
  void add(Frame frame) throws RecordingException {
    frames.add(frame);
    bytes += frame.bytes().length;
    if (frames.size() == BATCH_FRAMES || bytes > BATCH_BYTES) {
      store();
    }
  }

  void add(StoredGap gap) {
    gaps.add(gap);
  }

  private void store() throws RecordingException {
    try {
      Log.Commit commit =
          log.store(new Batch(List.copyOf(frames), List.copyOf(gaps), Map.of(), List.of()));
      stored += frames.size() - commit.resent();
      frames.clear();
      gaps.clear();
      bytes = 0;
    } catch (SQLException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Gives the file its name.
   *
   * @return how many frames are in it
   */
  long finish() throws RecordingException {
    store();
    try {
      log.close();
      synchronise(partial);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      finished = true;
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        synchronise(folder);
      }
      return stored;
    } catch (SQLException | IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void synchronise(Path any) throws IOException {
    if (Files.isDirectory(any) && System.getProperty("os.name", "").startsWith("Windows")) {
      return; // It has no such call for a folder.
    }
    try (FileChannel channel = FileChannel.open(any, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws RecordingException {
    if (!finished) {
      @Nullable Exception failure = null;
      try {
        log.close();
      } catch (SQLException e) {
        failure = e;
      }
      try {
        Files.deleteIfExists(partial);
        Files.deleteIfExists(Path.of(partial + "-journal"));
      } catch (IOException e) {
        failure = e;
      }
      if (failure != null) {
        throw unwritable(file, failure);
      }
    }
  }
}
